"""How urgent a deadline is: the share of its time that is left, as a colour with words."""

from dataclasses import dataclass
from enum import StrEnum


class Urgency(StrEnum):
    """How much of the time is left, as a colour with words (mức độ khẩn)."""

    PLENTY = "plenty"
    HALF = "half"
    SOON = "soon"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Remaining:
    """How much of a deadline's time is left at a moment, in working minutes."""

    left: int
    total: int
    overdue: bool
    soon: bool

    @property
    def urgency(self) -> Urgency:
        """Return how urgent it is. Source: R-PRC-05; R-PRC-16"""
        if self.overdue:
            return Urgency.OVERDUE
        if self.soon:
            return Urgency.SOON
        return Urgency.HALF if self.left * 2 <= self.total else Urgency.PLENTY
