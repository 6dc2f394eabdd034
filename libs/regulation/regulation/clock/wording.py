"""Words for instants, spans of minutes and rules, as a clerk would say them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from regulation.text.words import MONTHS_EN

_WEEKDAYS_VI = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def instant_words(at: datetime, lang: str, zone: str) -> str:
    """Say an instant: `16:00 thứ Sáu ngày 04/09/2026`, `16:00 on Friday 4 September 2026`."""
    local = at.astimezone(ZoneInfo(zone))
    if lang == "en":
        weekday, month = _WEEKDAYS_EN[local.weekday()], MONTHS_EN[local.month - 1]
        return f"{local:%H:%M} on {weekday} {local.day} {month} {local.year}"
    return f"{local:%H:%M} {_WEEKDAYS_VI[local.weekday()]} ngày {local:%d/%m/%Y}"


def short_instant(at: datetime, zone: str) -> str:
    """Write an instant for a table: `04/09/2026 16:00`."""
    return f"{at.astimezone(ZoneInfo(zone)):%d/%m/%Y %H:%M}"


def minutes_words(minutes: int, lang: str) -> str:
    """Say a number of minutes: `1 giờ 30 phút`, `1 hour 30 minutes`."""
    hours, rest = divmod(minutes, 60)
    parts = (f"{hours} giờ", f"{rest} phút")
    if lang == "en":
        parts = (plural(hours, "hour"), plural(rest, "minute"))
    kept = [part for part, number in zip(parts, (hours, rest), strict=True) if number]
    return " ".join(kept) or parts[1]


def plural(number: int, noun: str) -> str:
    """Say `1 minute`, `2 minutes`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
