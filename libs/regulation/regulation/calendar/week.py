"""Working hours of a week: periods per weekday, and seasons that replace them for part of the year."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PERIOD = re.compile(r"([0-9]{1,2}):([0-9]{2})\s*[-–]\s*([0-9]{1,2}):([0-9]{2})")
_DAY_MINUTES = 24 * 60


@dataclass(frozen=True, order=True)
class Period:
    """One stretch of working time (buổi làm việc) in minutes after local midnight, end excluded."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        """Refuse a stretch that is empty or leaves its day. Raises: ValueError."""
        if not 0 <= self.opens < self.closes <= _DAY_MINUTES:
            raise ValueError(f"working period {self} is empty or leaves the day")

    @staticmethod
    def parse(text: str) -> "Period":
        """Read `07:30-11:30`. Raises: ValueError."""
        match = _PERIOD.fullmatch(text.strip())
        if match is None or int(match[2]) > 59 or int(match[4]) > 59:
            raise ValueError(f"“{text}” is not a working period such as 07:30-11:30")
        return Period(int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4]))

    def __str__(self) -> str:
        """Write `07:30-11:30`."""
        times = (f"{minute // 60:02d}:{minute % 60:02d}" for minute in (self.opens, self.closes))
        return "-".join(times)


Periods = tuple[Period, ...]


@dataclass(frozen=True)
class Week:
    """The working periods of the seven weekdays, Monday first; an empty tuple is weekly rest."""

    days: tuple[Periods, ...]

    def __post_init__(self) -> None:
        """Refuse overlapping periods and a week without work. Raises: ValueError."""
        if not any(self.days):
            raise ValueError("no weekday has a working period")
        for periods in self.days:
            for earlier, later in pairwise(periods):
                if later.opens < earlier.closes:
                    raise ValueError(f"working periods {earlier} and {later} overlap or are out of order")

    @staticmethod
    def parse(periods: Mapping[str, Sequence[str] | None]) -> "Week":
        """Read `{mon: ["07:00-11:30", …], …}`; a weekday left out is weekly rest. Raises: ValueError."""
        unknown = set(periods) - set(WEEKDAYS)
        if unknown:
            raise ValueError(f"unknown weekday {', '.join(sorted(map(str, unknown)))}")
        return Week(tuple(tuple(map(Period.parse, periods.get(day) or ())) for day in WEEKDAYS))

    @property
    def make_up_periods(self) -> Periods:
        """Periods of a make-up day whose swapped day is unknown: Monday's, else the first working weekday's."""
        return next(periods for periods in self.days if periods)


@dataclass(frozen=True)
class Season:
    """Hours that hold from one day of the year to another, both included, across New Year if need be."""

    name: str
    begins: tuple[int, int]
    ends: tuple[int, int]
    week: Week

    def covers(self, day: date) -> bool:
        """Say whether the day falls into this season."""
        at = (day.month, day.day)
        if self.begins <= self.ends:
            return self.begins <= at <= self.ends
        return at >= self.begins or at <= self.ends
