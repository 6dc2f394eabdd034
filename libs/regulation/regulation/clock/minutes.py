"""Questions about working time: how much lies between two moments, how much is left, when to apologise."""

from datetime import date, datetime
from fractions import Fraction

from regulation.calendar.calendar import DayKind, WorkingCalendar
from regulation.calendar.timeline import DAY, MINUTE


def working_minutes_between(calendar: WorkingCalendar, start: datetime, end: datetime) -> int:
    """Count the full working minutes from `start` to `end`; negative when `end` comes first.

    Raises: CalendarGapError, NaiveInstantError. Source: requirements §0.3.1.
    """
    return _full_minutes(work_by(calendar, end) - work_by(calendar, start))


def remaining_minutes(calendar: WorkingCalendar, now: datetime, due_at: datetime) -> int:
    """Count the working minutes left; negative when overdue, where a begun minute counts.

    Zero does not say whether the date has passed while nobody was working: compare the instants for that.
    Raises: CalendarGapError, NaiveInstantError. Source: R-PRC-05.
    """
    return (work_by(calendar, due_at) - work_by(calendar, now)) // MINUTE


def left_of(calendar: WorkingCalendar, start: datetime, now: datetime, due_at: datetime) -> tuple[int, int]:
    """Return `remaining_minutes` and the length of the whole period, `due_at` looked up once.

    Raises: CalendarGapError, NaiveInstantError.
    """
    end = work_by(calendar, due_at)
    return (end - work_by(calendar, now)) // MINUTE, _full_minutes(end - work_by(calendar, start))


def work_by(calendar: WorkingCalendar, instant: datetime) -> int:
    """Count the working ticks from the first moment of a calendar to an instant. Raises: CalendarGapError."""
    return calendar.timeline.work_at(calendar.tick_of(instant, end=True))


def _full_minutes(ticks: int) -> int:
    return ticks // MINUTE if ticks >= 0 else -(-ticks // MINUTE)


def half_day(calendar: WorkingCalendar, on: date) -> int:
    """Return half of the configured minutes of a day; zero on a day off. Raises: CalendarGapError.

    Source: requirements §0.2; R-INT-11.
    """
    return sum(period.closes - period.opens for period in calendar.periods_on(on)) // 2


def day_hours(calendar: WorkingCalendar) -> Fraction:
    """Return the working hours of an ordinary day, read from the first worked Monday, else the first worked day.

    Source: requirements §0.2; R-PRC-02.
    """
    worked = [
        day for day in map(calendar.day_of, range(calendar.days)) if calendar.kind_of(day) is DayKind.WORKING
    ]
    day = next((day for day in worked if day.weekday() == 0), worked[0])
    return Fraction(sum(period.closes - period.opens for period in calendar.periods_on(day)), 60)


def last_close_by(calendar: WorkingCalendar, day: date) -> datetime:
    """Return the close of a day, or of the last working day before it: "at the latest on that date".

    Raises: CalendarGapError. Source: NB Đ.11.2.b; R-CAT-15.
    """
    return _close_back_from(calendar, calendar.number_of(day))


def apology_due_at(calendar: WorkingCalendar, due_at: datetime) -> datetime:
    """Return the last moment for apology and new date: the close of the last working day before the due day.

    Raises: CalendarGapError. Source: NĐ 61/2018 Đ.19.9 (at least 01 day before); R-PRC-14.
    """
    return _close_back_from(calendar, (calendar.tick_of(due_at, end=True) - 1) // DAY - 1)


def _close_back_from(calendar: WorkingCalendar, day: int) -> datetime:
    """Close of a day by number, or of the last working day before it. Raises: CalendarGapError."""
    line = calendar.timeline
    while not line.is_working_day(day):
        day -= 1
    return calendar.instant_of(line.close_of(day))
