"""Instants are UTC inside and Vietnamese local time in the law and in front of people."""

from datetime import datetime

from regulation.text import form_date
from regulation.zone import local


def spoken(instant: datetime) -> str:
    """Return the instant as papers print it: 16 giờ 05 phút, ngày 21 tháng 11 năm 2026."""
    at = local(instant)
    return f"{at.hour:02d} giờ {at.minute:02d} phút, {form_date(at.date())}"
