"""When an officer may be recorded as away, and who may stand in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from common.errors import FieldProblem, InvalidInputError

LONGEST: Final = 366
"""Days of one absence; who is away for longer has another officer in his place."""
_SOURCE: Final = "R-INT-21"


@dataclass(frozen=True)
class Away:
    """Local days, both counted, on which an officer is away, and who stands in."""

    officer_id: str
    from_on: date
    to_on: date
    substitute_id: str | None


@dataclass(frozen=True)
class Colleague:
    """An officer as far as standing in asks."""

    agency: str
    unit: str | None
    roles: Collection[str]
    active: bool

    def stands_in_for(self, other: "Colleague") -> bool:
        """Tell whether he can do the other's work: same agency and unit, a role in common.

        Source: BD Đ.14.5; R-INT-21; R-ACC-18
        """
        same_place = (self.agency, self.unit) == (other.agency, other.unit)
        return self.active and same_place and bool({*self.roles} & {*other.roles})


def form_days(day: date) -> str:
    """Return a day as people write it: 07/12/2026."""
    return f"{day:%d/%m/%Y}"


def check_days(away: Away, today: date) -> None:
    """Refuse days that end before they begin, lie in the past, or are too many.

    Raises:
        InvalidInputError: one of these.

    Source: BD Đ.14.5; R-INT-21
    """
    problems = []
    if away.to_on < away.from_on:
        vi, en = "Ngày cuối không được trước ngày đầu.", "The last day cannot lie before the first."
        problems.append(FieldProblem("to_on", _SOURCE, vi, en))
    elif away.to_on < today:
        vi, en = (
            "Thời gian vắng đã qua; chỉ ghi từ hôm nay.",
            "These days have passed; record them from today.",
        )
        problems.append(FieldProblem("to_on", _SOURCE, vi, en))
    elif (away.to_on - away.from_on).days >= LONGEST:
        vi, en = "Mỗi lần ghi tối đa một năm.", "One absence is a year at most."
        problems.append(FieldProblem("to_on", _SOURCE, vi, en))
    if problems:
        raise InvalidInputError(problems)


def check_substitute(officer: Colleague, substitute: Colleague | None) -> None:
    """Refuse a substitute who could not do the work.

    Raises:
        InvalidInputError: he is of another unit or agency, has no role in common, or is gone.

    Source: BD Đ.14.5; R-INT-21
    """
    if substitute is None or not substitute.stands_in_for(officer):
        vi = "Người thay phải đang làm việc cùng đơn vị và có cùng vai trò."
        en = "The substitute must work in the same unit and have the same role."
        raise InvalidInputError([FieldProblem("substitute_id", _SOURCE, vi, en)])
