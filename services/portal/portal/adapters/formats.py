"""Writes days, hours, amounts and sizes the way the reader's language does, always in Vietnam's time."""

import re
from datetime import date, datetime

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from eforms.kinds.contacts import told_phone
from regulation.zone import HERE

KILO = 1024
SHOWN_OF_ID = 3
NUMBER_ALONE = re.compile(r"[+0-9 ().\-]+")
Moment = str | datetime | date | None


def instant(value: Moment) -> datetime | None:
    """Read an ISO instant into Vietnam's time; ``None`` for nothing."""
    if not value:
        return None
    moment = datetime.fromisoformat(value.replace("Z", "+00:00")) if isinstance(value, str) else value
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, tzinfo=HERE)
    return moment.astimezone(HERE) if moment.tzinfo else moment.replace(tzinfo=HERE)


def day(value: Moment, lang: str) -> str:
    """Write a day: 24/11/2026, or 24 November 2026."""
    moment = instant(value)
    if moment is None:
        return ""
    return format_date(moment, "dd/MM/yyyy" if lang == "vi" else "d MMMM yyyy", locale=lang)


def clock(value: Moment, lang: str) -> str:
    """Write an instant with its weekday: 10:30 Thứ Ba, 24/11/2026."""
    moment = instant(value)
    if moment is None:
        return ""
    pattern = "HH:mm EEEE, dd/MM/yyyy" if lang == "vi" else "HH:mm, EEEE d MMMM yyyy"
    return format_datetime(moment, pattern, tzinfo=HERE, locale=lang)


def short(value: Moment, lang: str) -> str:
    """Write an instant for a table: 10:30 24/11."""
    moment = instant(value)
    if moment is None:
        return ""
    return format_datetime(moment, "HH:mm dd/MM" if lang == "vi" else "HH:mm d MMM", tzinfo=HERE, locale=lang)


def period(value: str, _lang: str) -> str:
    """Write a period of the statistics: 11/2026 for 2026-11, Q4/2026 for 2026-Q4, a year as it is."""
    year, _, part = value.partition("-")
    return f"{part}/{year}" if part else value


def number(value: float | None, lang: str) -> str:
    """Write a number: 1.234.567 or 1,234,567."""
    return "" if value is None else str(format_decimal(value, locale=lang))


def size(value: int, lang: str) -> str:
    """Write a size in the unit that keeps it short: 700 KB, 3,4 MB, 47,6 GB."""
    if value < KILO * KILO:
        return f"{number(max(1, round(value / KILO)), lang)} KB"
    told, unit = value / KILO / KILO, "MB"
    for larger in ("GB", "TB"):
        if round(told, 1) >= KILO:
            told, unit = told / KILO, larger
    return f"{number(round(told, 1), lang)} {unit}"


def phone(value: str | None) -> str:
    """Write a telephone number as people here read it: 0912 345 678; with words beside it, as it stands."""
    return told_phone(value) if value and NUMBER_ALONE.fullmatch(value) else value or ""


def masked(number_text: str | None) -> str:
    """Show the last three characters of an identity number."""
    text = number_text or ""
    return "•" * max(0, len(text) - SHOWN_OF_ID) + text[-SHOWN_OF_ID:]
