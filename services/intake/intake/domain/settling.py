"""Settling at once (giải quyết ngay tại quầy): an authorised desk officer accepts and returns in the same visit."""

from dataclasses import dataclass
from datetime import date

from common.errors import ForbiddenError


class NotAuthorisedToSettleError(ForbiddenError):
    """Nobody settles at the desk without an authorisation that counts today. Source: NB Đ.16.4; R-INT-15."""

    code = "not-authorised-to-settle"
    vi = (
        "Bạn chưa được phân công, ủy quyền giải quyết ngay thủ tục này tại quầy, hoặc ủy quyền đã hết hạn hay bị rút. "
        "Hãy tiếp nhận và chuyển hồ sơ, hoặc đề nghị quản trị đơn vị ghi quyết định ủy quyền."
    )
    en = (
        "You are not authorised to settle this procedure at the desk, or the authorisation is over or was withdrawn. "
        "Accept and forward the dossier, or ask the agency's administrator to enter the decision."
    )


@dataclass(frozen=True)
class Authorisation:
    """Phân công, ủy quyền: who may settle which procedure at the desk, for which agency, by which decision."""

    officer: str
    number: str
    procedure: str
    agency: str
    until_on: date

    def must_cover(self, *, officer: str, procedure: str, agency: str, today: date) -> None:
        """Refuse whoever else, whatever else, another agency's matter, or a day after the last one.

        `agency` is the competent one: nobody is authorised to settle what his own agency does not.

        Raises: NotAuthorisedToSettleError.
        Source: NB Đ.16.4; R-INT-15
        """
        named = (self.officer, self.procedure, self.agency) == (officer, procedure, agency)
        if not named or today > self.until_on:
            raise NotAuthorisedToSettleError(rule="R-INT-15")


@dataclass(frozen=True)
class AtOnce:
    """What settles a dossier in the visit it is accepted in; a receipt is issued where somebody asked for it.

    Source: NB Đ.16.3; NB Đ.16.4; R-INT-13, R-INT-14, R-INT-15
    """

    authorisation: Authorisation
    result: str
    """Number and name of the paper that was handed over."""
    receipt: bool = False

    def told(self) -> dict[str, str]:
        """Return what the history keeps of it."""
        return {"result": self.result, "decision_number": self.authorisation.number}

    def sentence(self) -> str:
        """Return what applicant and officer read in the history."""
        return f"{self.result} (ủy quyền theo quyết định số {self.authorisation.number})"
