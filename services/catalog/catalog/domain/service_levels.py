"""Which service levels the province's profile allows, and what an offer at a level must say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from common.errors import FieldProblem
from procedures import Offer
from procedures.levels import LEVELS, Action, Scheme, actions_at, corresponding

from catalog.domain.errors import OnlineApprovalMissingError


@dataclass(frozen=True)
class Approval:
    """The Chairman's decision that lets a procedure be taken online. Source: TN Đ.4.2; NB Đ.12.2.a; R-CAT-19."""

    number: str
    on: date


@dataclass(frozen=True)
class SchemeRules:
    """The level rules of the province's profile; `least_with_forms` is None where there are no levels 1 to 4."""

    scheme: Scheme
    least_with_forms: int | None = None

    def actions(self, level: str) -> tuple[Action, ...]:
        """Return what the portal shows and the API takes at a level of the province's scheme."""
        return actions_at(self.scheme, level)

    def problems(
        self, level: str, partial_reason: str | None, has_forms: bool, field: str
    ) -> list[FieldProblem]:
        """Return what is wrong with a service's level under this scheme.

        Source: R-CAT-07; R-CAT-08 (reason of a partial service); BD Đ.5.2; R-CAT-11 (forms need level 2)
        """
        if level not in LEVELS[self.scheme]:
            allowed = ", ".join(LEVELS[self.scheme])
            vi, en = f"Mức dịch vụ phải là một trong: {allowed}.", f"The service level is one of: {allowed}."
            return [FieldProblem(f"{field}.service_level", "unknown-service-level", vi, en)]
        if level == "partial" and not (partial_reason or "").strip():
            return [
                FieldProblem(
                    f"{field}.partial_reason",
                    "partial-reason-missing",
                    "Dịch vụ một phần phải nêu lý do chưa làm toàn trình.",
                    "A partial service states why it is not full.",
                )
            ]
        least = self.least_with_forms or 1
        if has_forms and self.scheme is Scheme.LEVELS_1_4 and int(level) < least:
            return [
                FieldProblem(
                    f"{field}.service_level",
                    "level-too-low-for-forms",
                    f"Thủ tục có biểu mẫu phải từ mức độ {least}.",
                    f"A procedure with forms is at level {least} or above.",
                )
            ]
        return []

    def propose(self, level: str) -> str:
        """Return the level of this scheme that an editor may confirm for a level of the other one."""
        return corresponding(self.scheme, level)


def refuse_unapproved(
    rules: SchemeRules, running: Sequence[Offer], offers: Sequence[Offer], *, approved: bool
) -> None:
    """Refuse to begin taking a procedure online without the Chairman's decision; what is online already stays.

    Raises: OnlineApprovalMissingError. Source: TN Đ.4.2; NB Đ.12.2.a; QT Đ.25.1; R-CAT-19
    """
    online = {
        offer.agency
        for offer in running
        if Action.SUBMIT in rules.actions(rules.propose(offer.service_level))  # perhaps of the scheme before
    }
    begun = [
        offer.agency
        for offer in offers
        if Action.SUBMIT in rules.actions(offer.service_level) and offer.agency not in online
    ]
    if begun and not approved:
        told = ", ".join(begun[:5]) + (", …" if len(begun) > 5 else "")
        raise OnlineApprovalMissingError(
            field="approval_number", rule="online-approval-missing", agencies=told
        )
