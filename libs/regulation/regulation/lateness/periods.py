"""The periods of reports: calendar months, quarters and years, and those that end on the 14th."""

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from enum import StrEnum

from regulation.zone import day_begins, day_ends


class Cycle(StrEnum):
    """How often a report is due: tháng, quý, sáu tháng, năm."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


class Scheme(StrEnum):
    """Where periods begin: on the 1st, or on the 15th of the month before (NĐ 09/2019 Đ.12)."""

    CALENDAR = "calendar"
    FIFTEENTH = "fifteenth"


_MONTHS = {Cycle.MONTH: 1, Cycle.QUARTER: 3, Cycle.HALF_YEAR: 6, Cycle.YEAR: 12}


@dataclass(frozen=True, order=True)
class Period:
    """A report period by its first and last local day, both included."""

    first: dt.date
    last: dt.date

    @property
    def starts_at(self) -> dt.datetime:
        """Give the first instant, in UTC."""
        return day_begins(self.first)

    @property
    def ends_at(self) -> dt.datetime:
        """Give the instant just after the period, in UTC."""
        return day_ends(self.last)

    def covers(self, moment: dt.datetime) -> bool:
        """Say whether an instant falls into the period."""
        return self.starts_at <= moment < self.ends_at


def period_of(on: dt.date, cycle: Cycle, scheme: Scheme = Scheme.CALENDAR) -> Period:
    """Give the period a local day belongs to.

    By the 15th: month 15/m-1 to 14/m, quarter to 14/3, 14/6, 14/9 or 14/12, half-year 15/12 to 14/6,
    year 15/12 to 14/12.
    Source: NĐ 09/2019/NĐ-CP Đ.12; NB Đ.9.2.a; `stats.public_periods`
    """
    late = scheme is Scheme.FIFTEENTH and on.day >= 15
    month = on.year * 12 + on.month - 1 + (1 if late else 0)
    length = _MONTHS[cycle]
    begin = month - month % length
    day = dt.timedelta(days=1)
    if scheme is Scheme.CALENDAR:
        last = _day(begin + length - 1, 1)
        return Period(_day(begin, 1), last.replace(day=monthrange(last.year, last.month)[1]))
    return Period(_day(begin - 1, 15), _day(begin + length - 1, 15) - day)


def _day(month: int, day: int) -> dt.date:
    return dt.date(month // 12, month % 12 + 1, day)
