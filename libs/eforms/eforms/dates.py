"""Dates as people know them: whole, or only the month, or only the year; each a span of days."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final, Generic, TypeVar

T = TypeVar("T", date, int)
_SHAPE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True)
class Span(Generic[T]):
    """Everything from the first to the last, both included."""

    first: T
    last: T


def span_of(value: Any) -> Span[date] | None:
    """Return the days that `YYYY`, `YYYY-MM` or `YYYY-MM-DD` may mean; anything else means none."""
    return _parsed(value) if isinstance(value, str) else None


@lru_cache(maxsize=4096)
def _parsed(value: str) -> Span[date] | None:
    found = _SHAPE.fullmatch(value)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        return _span(year or 0, month, day)
    except ValueError:
        return None


def _span(year: int, month: int | None, day: int | None) -> Span[date]:
    if month is None:
        return Span(date(year, 1, 1), date(year, 12, 31))
    if day is None:
        return Span(date(year, month, 1), date(year, month, days_in(year, month)))
    whole = date(year, month, day)
    return Span(whole, whole)


def days_in(year: int, month: int) -> int:
    """Return how many days a month has. Raises: ValueError for a month that does not exist."""
    date(year, month, 1)
    return calendar.monthrange(year, month)[1]


def age_on(born: date, day: date) -> int:
    """Return the full years from birth to a day (tuổi tròn); below zero before birth.

    Born on 29 February one is a year older on 1 March of a common year.
    Source: BLDS 2015 Đ.148.3
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def age_between(born: Span[date], at: Span[date]) -> Span[int]:
    """Return the ages somebody may have had."""
    return Span(age_on(born.last, at.first), age_on(born.first, at.last))


def days_between(later: Span[date], earlier: Span[date]) -> Span[int]:
    """Return how many days may lie between two dates, below zero when the order is turned."""
    return Span((later.first - earlier.last).days, (later.last - earlier.first).days)


def told_date(value: str) -> str:
    """Write a stored date as it is printed: `05/12/2026`, `12/2026` or `2026`; anything else as it stands."""
    if _SHAPE.fullmatch(value) is None:
        return value
    return "/".join(reversed(value.split("-")))
