"""The zone the law counts in: instants are UTC inside, Vietnamese local time in rules and in front of people."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = "Asia/Ho_Chi_Minh"
HERE = ZoneInfo(ZONE)


def local(instant: datetime) -> datetime:
    """Return an aware instant in Vietnamese local time."""
    return instant.astimezone(HERE)


def local_day(instant: datetime) -> date:
    """Return the local date of an aware instant; 17:00 UTC is already tomorrow. Source: requirements §0.3.1."""
    return local(instant).date()


def told(instant: datetime) -> str:
    """Tell an operator an aware instant: the province's time, written as `motcua backup restore --to` reads it."""
    return f"{local(instant):%Y-%m-%d %H:%M:%S}"
