"""The periods a reader may ask for."""

from datetime import date, datetime
from enum import StrEnum

from common.errors import DomainError
from regulation.lateness import Cycle, Period, period_of
from regulation.zone import local_day

EARLIEST_YEAR = 2013


class Shown(StrEnum):
    """How figures are cut: tháng, quý, năm."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class PeriodNotPublishedError(DomainError):
    """The regulation of the province does not publish figures for this period."""

    code = "period-not-published"
    vi = "Quy chế của tỉnh không công khai số liệu theo kỳ “{period}”; chọn: {offered}."
    en = "The province does not publish figures per {period}; choose one of: {offered}."


class YearOutOfRangeError(DomainError):
    """Figures exist from the first regulation to this year."""

    code = "year-out-of-range"
    vi = "Năm {year} nằm ngoài khoảng có số liệu ({first}–{last})."
    en = "The year {year} is outside the range with figures ({first}–{last})."


def periods_of(shown: Shown, year: int, now: datetime, offered: list[str]) -> tuple[Period, ...]:
    """Return the periods of a year that have begun, oldest first, in the local calendar.

    Raises: PeriodNotPublishedError, YearOutOfRangeError.
    Source: R-STA-01; NB Đ.9.2.a; `stats.public_periods`
    """
    if shown not in offered:
        raise PeriodNotPublishedError(
            field="period", rule="offered", period=shown, offered=", ".join(offered)
        )
    today = local_day(now)
    _expect_year(year, today.year)
    found = {period_of(date(year, month, 1), Cycle(shown.value)) for month in range(1, 13)}
    return tuple(sorted(period for period in found if period.first <= today))


def label(period: Period, shown: Shown) -> str:
    """Name a period the way it sorts: 2026-11, 2026-Q4, 2026.

    Source: R-STA-01
    """
    first = period.first
    if shown is Shown.MONTH:
        return f"{first:%Y-%m}"
    return f"{first.year}-Q{(first.month + 2) // 3}" if shown is Shown.QUARTER else str(first.year)


def chosen_period(shown: Shown, day: date, now: datetime) -> Period:
    """Return the period of a local day. Raises: YearOutOfRangeError. Source: R-STA-06; R-QNA-21"""
    _expect_year(day.year, local_day(now).year)
    return period_of(day, Cycle(shown.value))


def _expect_year(year: int, this_year: int) -> None:
    if not EARLIEST_YEAR <= year <= this_year:
        raise YearOutOfRangeError(field="year", rule="range", year=year, first=EARLIEST_YEAR, last=this_year)
