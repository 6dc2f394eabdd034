"""How dates are written in notices, in Vietnamese and English."""

from datetime import date, datetime
from typing import Literal

from regulation.zone import local as local_time

Lang = Literal["vi", "en"]
LANGUAGES: tuple[Lang, ...] = ("vi", "en")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SMS_LENGTH = 160


def moment(at: datetime, lang: Lang) -> str:
    """Write an instant in local time: `10 giờ 30 ngày 21/11/2026`, `10:30 on 21 November 2026`."""
    local = local_time(at)
    if lang == "vi":
        return f"{local.hour} giờ {local.minute:02d} ngày {local:%d/%m/%Y}"
    return f"{local:%H:%M} on {local.day} {MONTHS[local.month - 1]} {local.year}"


def day(on: date, lang: Lang) -> str:
    """Write a local date: `21/11/2026`, `21 November 2026`."""
    return f"{on:%d/%m/%Y}" if lang == "vi" else f"{on.day} {MONTHS[on.month - 1]} {on.year}"
