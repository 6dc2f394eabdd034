"""Who gets a dossier, and by which rule: explicit rules that can be checked, and a reason for every hand-over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from common.errors import FieldProblem, InvalidInputError


class Way(StrEnum):
    """How a dossier comes into an officer's hands (cách giao việc). Source: QT Đ.4.3; R-PRC-21"""

    CLAIMED = "claimed"
    NAMED = "named"
    LEAST_LOADED = "least_loaded"
    TRANSFERRED = "transferred"
    STOOD_IN = "stood_in"


@dataclass(frozen=True)
class Given:
    """One change of hands: to whom, by whom, by which rule, when and why."""

    way: Way
    to: str
    by: str
    at: datetime
    reason: str | None = None
    passed_over: int = 0


def least_loaded(officers: Sequence[str], open_dossiers: Mapping[str, int]) -> str | None:
    """Return the officer with the fewest open dossiers, the smallest id on a tie; None without officers.

    Source: QT Đ.4.3; R-PRC-03
    """
    return min(officers, key=lambda officer: (open_dossiers.get(officer, 0), officer), default=None)


def check_reason(reason: str | None) -> str:
    """Return why a dossier changes hands, refusing an empty text.

    Raises:
        InvalidInputError: the text is empty.

    Source: QT Đ.4.3; R-PRC-21
    """
    if not (reason or "").strip():
        vi, en = "Hãy ghi lý do bàn giao hồ sơ.", "Give the reason why the dossier changes hands."
        raise InvalidInputError([FieldProblem("reason", "R-PRC-21", vi, en)])
    return (reason or "").strip()
