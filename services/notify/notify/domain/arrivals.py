"""How a desk hears of what arrives there, and at what hours."""

from datetime import datetime
from enum import StrEnum

from regulation.calendar import CalendarGapError, WorkingCalendar
from regulation.zone import local


class Arrivals(StrEnum):
    """When an officer is told of what arrived (nhận tin hồ sơ mới): as it comes, or in the morning's digest."""

    AT_ONCE = "at_once"
    DIGEST = "digest"


def desk_is_open(calendar: WorkingCalendar, now: datetime) -> bool:
    """Tell whether it is working time: what comes at night is told in one word in the morning, as the check begins.

    Where the calendar says nothing, every hour counts. Source: TN Đ.11.3.a; R-INT-02; R-NTF-10
    """
    at = local(now)
    minute = at.hour * 60 + at.minute
    try:
        periods = calendar.periods_on(at.date())
    except CalendarGapError:
        return True
    return any(one.opens <= minute < one.closes for one in periods)
