"""The account of questions or feedback over an interval: whatever came into hands left them, or is still there."""

from dataclasses import dataclass, fields
from enum import StrEnum


@dataclass(frozen=True)
class QuestionFigures:
    """The counts of one key: of an agency what was in its hands, of the province or a topic what was received.

    `passed_on` left these hands for others: forwarded by the coordinator, returned or recalled at an agency; nothing
    is passed on out of the province. From `forwarded` on the counts say more about the same: how often it was
    forwarded, returned and recalled, and what ended late, came late already, or is late now.
    """

    carried_over: int = 0
    received: int = 0
    answered_in_time: int = 0
    answered_late: int = 0
    refused: int = 0
    moved: int = 0
    passed_on: int = 0
    open: int = 0
    forwarded: int = 0
    returned: int = 0
    recalled: int = 0
    late: int = 0
    came_late: int = 0
    late_open: int = 0

    @property
    def answered(self) -> int:
        """Count what was answered, in time or late."""
        return self.answered_in_time + self.answered_late

    @property
    def breach(self) -> int:
        """Give by how many the account does not hold; zero when it does.

        Source: design §1.3; R-STA-15
        """
        gone = self.answered + self.refused + self.moved + self.passed_on
        return self.carried_over + self.received - gone - self.open

    def __add__(self, other: "QuestionFigures") -> "QuestionFigures":
        names = [field.name for field in fields(self)]
        return QuestionFigures(**{name: getattr(self, name) + getattr(other, name) for name in names})


class Figure(StrEnum):
    """A figure of an agency that can be looked behind; each is a count of `QuestionFigures`."""

    CARRIED_OVER = "carried_over"
    RECEIVED = "received"
    ANSWERED_IN_TIME = "answered_in_time"
    ANSWERED_LATE = "answered_late"
    REFUSED = "refused"
    MOVED = "moved"
    PASSED_ON = "passed_on"
    OPEN = "open"
    RETURNED = "returned"
    RECALLED = "recalled"
    LATE = "late"
    CAME_LATE = "came_late"
    LATE_OPEN = "late_open"
