"""One line of the account: a stretch of time, whether it was counted, and why."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Reason(StrEnum):
    """Why a stretch of time was counted or was not."""

    COUNTED = "counted"
    OUTSIDE_HOURS = "outside_hours"
    WEEKLY_REST = "weekly_rest"
    OFF = "off"
    PAUSED = "paused"
    DAY_ZERO = "day_zero"
    LAST_DAY_OFF = "last_day_off"
    AFTER_15H = "after_15h"
    HANDED_IN_ELSEWHERE = "handed_in_elsewhere"
    MADE_UP = "made_up"
    CLOSING_DAY = "closing_day"


class Interval(NamedTuple):
    """A stretch of time in UTC, end excluded.

    `vi` and `en` name the holiday or the pause's ground; `tally` is the count reached with this stretch,
    in days for rules that count days, else in minutes.
    """

    start: datetime
    end: datetime
    counted: bool
    reason: Reason
    vi: str = ""
    en: str = ""
    tally: int = 0
