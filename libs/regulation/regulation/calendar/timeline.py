"""Working time laid end to end, so that any deadline is two binary searches away.

A tick is one microsecond of local time since midnight of the calendar's first day.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from itertools import accumulate

SECOND = 1_000_000
MINUTE = 60 * SECOND
DAY = 24 * 60 * MINUTE


class Timeline:
    """Working periods of every day of a calendar, with the work done before each of them."""

    __slots__ = ("_after", "_before", "_closes", "_end", "_gap", "_opens", "_through", "_working_days")

    def __init__(self, days: Iterable[Iterable[tuple[int, int]]], gap: Callable[[int], Exception]) -> None:
        """Lay out `days`, each a list of (opens, closes) in minutes; `gap(tick)` makes the refusal."""
        self._gap = gap
        self._opens: list[int] = []
        self._closes: list[int] = []
        self._working_days: list[int] = []
        self._through: list[int] = []
        number = -1
        for number, periods in enumerate(days):
            before = len(self._opens)
            for opens, closes in periods:
                self._opens.append(number * DAY + opens * MINUTE)
                self._closes.append(number * DAY + closes * MINUTE)
            if len(self._opens) > before:
                self._working_days.append(number)
            self._through.append(len(self._working_days))
        self._end = (number + 1) * DAY
        lengths = (closes - opens for opens, closes in zip(self._opens, self._closes, strict=True))
        self._after = list(accumulate(lengths))
        self._before = [0, *self._after[:-1]]

    def check(self, tick: int) -> int:
        """Return the tick if the calendar knows that moment; the end of the last day is known. Raises: gap."""
        if not 0 <= tick <= self._end:
            raise self._gap(tick)
        return tick

    def work_at(self, tick: int) -> int:
        """Count the working ticks from the calendar's first moment to `tick`. Raises: gap."""
        index = bisect_right(self._opens, self.check(tick)) - 1
        if index < 0:
            return 0
        return self._before[index] + min(tick, self._closes[index]) - self._opens[index]

    def moment_of(self, work: int) -> int:
        """Return the first moment at which `work` working ticks are done. Raises: gap."""
        index = bisect_left(self._after, work)
        if index == len(self._after):
            raise self._gap(self._end)
        return self._opens[index] + work - self._before[index]

    def next_working(self, tick: int) -> int:
        """Return `tick` if work is going on then, else the opening of the next period. Raises: gap."""
        index = bisect_right(self._opens, self.check(tick)) - 1
        if index >= 0 and tick < self._closes[index]:
            return tick
        if index + 1 == len(self._opens):
            raise self._gap(self._end)
        return self._opens[index + 1]

    def is_working_day(self, day: int) -> bool:
        """Say whether day number `day` (0 = first day of the calendar) has working time. Raises: gap."""
        return self._working_days_through(day) > (self._working_days_through(day - 1) if day else 0)

    def working_day_after(self, day: int, count: int) -> int:
        """Return the day number of the `count`-th working day after `day`. Raises: gap."""
        index = self._working_days_through(day) + count - 1
        if index >= len(self._working_days):
            raise self._gap(self._end)
        return self._working_days[index]

    def working_day_from(self, day: int) -> int:
        """Return `day` itself if it is worked, else the next day that is. Raises: gap."""
        return day if self.is_working_day(day) else self.working_day_after(day, 1)

    def opening_of(self, day: int) -> int:
        """Return the first working moment of a working day."""
        return self._opens[bisect_left(self._opens, day * DAY)]

    def close_of(self, day: int) -> int:
        """Return the end of the last working period of a working day."""
        return self._closes[bisect_left(self._opens, (day + 1) * DAY) - 1]

    def _working_days_through(self, day: int) -> int:
        """Count working days up to and including `day`. Raises: gap."""
        if not 0 <= day < len(self._through):
            raise self._gap(day * DAY)
        return self._through[day]
