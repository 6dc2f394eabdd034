"""The two schemes of service levels: 1 to 4, and full / partial / information only."""

from dataclasses import dataclass
from enum import StrEnum

from common.errors import FieldProblem


class Scheme(StrEnum):
    """The level scheme a province works under (profile key `catalog.level_scheme`)."""

    LEVELS_1_4 = "levels_1_4"
    FULL_PARTIAL = "full_partial"


class Action(StrEnum):
    """What a citizen may do with a service of a level."""

    READ = "read"
    DOWNLOAD = "download"
    SUBMIT = "submit"
    PAY = "pay"


LEVELS: dict[Scheme, tuple[str, ...]] = {
    Scheme.LEVELS_1_4: ("1", "2", "3", "4"),
    Scheme.FULL_PARTIAL: ("information", "partial", "full"),
}
_ACTIONS = {
    "1": (Action.READ,),
    "2": (Action.READ, Action.DOWNLOAD),
    "3": (Action.READ, Action.DOWNLOAD, Action.SUBMIT),
    "4": (Action.READ, Action.DOWNLOAD, Action.SUBMIT, Action.PAY),
    "information": (Action.READ, Action.DOWNLOAD),
    "partial": (Action.READ, Action.DOWNLOAD, Action.SUBMIT),
    "full": (Action.READ, Action.DOWNLOAD, Action.SUBMIT, Action.PAY),
}
_TO_FULL = {"1": "information", "2": "information", "3": "partial", "4": "full"}
_TO_LEVELS = {"information": "2", "partial": "3", "full": "4"}


@dataclass(frozen=True)
class SchemeRules:
    """The level rules of the province's profile; `least_with_forms` is None where there are no levels 1 to 4."""

    scheme: Scheme
    least_with_forms: int | None = None

    def actions(self, level: str) -> tuple[Action, ...]:
        """Return what the portal shows and the API takes at a level; nothing but reading at an unknown one.

        Source: NB Đ.2.5; TN Đ.4.1; BD Đ.2.4; HN Đ.3.2; QT Đ.7.1.b; R-CAT-07; R-CAT-08
        """
        return _ACTIONS[level] if level in LEVELS[self.scheme] else (Action.READ,)

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
        """Return the level of this scheme that an editor may confirm for a level of the other one.

        Source: R-CAT-08 (L4 → full, L3 → partial, L1 and L2 → information, and back)
        """
        if level in LEVELS[self.scheme]:
            return level
        table = _TO_FULL if self.scheme is Scheme.FULL_PARTIAL else _TO_LEVELS
        return table.get(level, LEVELS[self.scheme][0])
