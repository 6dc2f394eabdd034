"""Pauses as stretches of the clock's own time line."""

from collections.abc import Sequence

from regulation.calendar.calendar import WorkingCalendar
from regulation.clock.rules import ClockStoppedError, Pause, PauseBackwardsError

PausedSpan = tuple[int, int, str]


def spans_of(pauses: Sequence[Pause], calendar: WorkingCalendar) -> list[PausedSpan]:
    """Turn pauses into sorted stretches of ticks that do not overlap, each with its grounds.

    Raises: ClockStoppedError, PauseBackwardsError, CalendarGapError.
    """
    spans: list[PausedSpan] = []
    for pause in sorted(pauses, key=lambda one: one.start):
        begins, ends = _ticks_of(pause, calendar)
        if spans and begins <= spans[-1][1]:
            earlier = spans.pop()
            ground = "; ".join(dict.fromkeys(filter(None, (earlier[2], pause.ground))))
            spans.append((earlier[0], max(earlier[1], ends), ground))
        else:
            spans.append((begins, ends, pause.ground))
    return spans


def _ticks_of(pause: Pause, calendar: WorkingCalendar) -> tuple[int, int]:
    """Place one pause on the time line. Raises: ClockStoppedError, PauseBackwardsError, CalendarGapError."""
    begins = calendar.tick_of(pause.start)
    if pause.end is None:
        raise ClockStoppedError(start=calendar.local(pause.start).isoformat(timespec="minutes"))
    ends = calendar.tick_of(pause.end)
    if ends < begins:
        start, end = (calendar.local(at).isoformat(timespec="minutes") for at in (pause.start, pause.end))
        raise PauseBackwardsError(start=start, end=end)
    return begins, ends
