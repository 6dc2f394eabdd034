"""The zone the law counts in: instants are UTC inside, Vietnamese local time in rules and in front of people."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = "Asia/Ho_Chi_Minh"
HERE = ZoneInfo(ZONE)


def local(instant: datetime) -> datetime:
    """Return an aware instant in Vietnamese local time."""
    return instant.astimezone(HERE)


def local_day(instant: datetime) -> date:
    """Return the local date of an aware instant; 17:00 UTC is already tomorrow. Source: requirements §0.3.1."""
    return local(instant).date()


def day_begins(day: date) -> datetime:
    """Return the instant (UTC) at which a local day begins."""
    return datetime.combine(day, time(), HERE).astimezone(UTC)


def day_ends(day: date) -> datetime:
    """Return the instant (UTC) at which a local day is over, the first one that is no longer in it."""
    return day_begins(day + timedelta(days=1))


def moment_said(instant: datetime) -> str:
    """Tell an operator an aware instant: the province's time, as `2026-11-28 13:00:00`."""
    return f"{local(instant):%Y-%m-%d %H:%M:%S}"


def moment_said_by_then(instant: datetime) -> str:
    """Tell an operator the first whole second by which an aware instant has been, as `moment_said` does.

    A backup ended within a second, and nothing comes back to the beginning of that second.
    """
    return moment_said(instant + timedelta(microseconds=-instant.microsecond % 1_000_000))
