"""Instants are UTC inside and Vietnamese local time in the law and in front of people."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from regulation.calendar import ZONE

_HERE = ZoneInfo(ZONE)


def local(instant: datetime) -> datetime:
    """Return the instant in Vietnamese local time."""
    return instant.astimezone(_HERE)


def local_day(instant: datetime) -> date:
    """Return the local date of an instant; the day of the dossier code.

    Source: TN PL.B1; R-SUB-14
    """
    return local(instant).date()


def spoken(instant: datetime) -> str:
    """Return the instant as papers print it: 16 giờ 05 phút, ngày 21 tháng 11 năm 2026."""
    at = local(instant)
    return f"{at.hour:02d} giờ {at.minute:02d} phút, ngày {at.day:02d} tháng {at.month:02d} năm {at.year}"


def day_end(day: date) -> datetime:
    """Return the instant (UTC) at which a local day is over."""
    return datetime.combine(day + timedelta(days=1), time(), _HERE).astimezone(UTC)
