"""When a deadline is near: how long before its due time people are reminded, asked by every service alike."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from regulation.calendar import WorkingCalendar
from regulation.clock.by_profile import Term
from regulation.clock.due import due
from regulation.clock.minutes import left_of, working_minutes_between
from regulation.clock.rules import Rule
from regulation.clock.urgency import Remaining
from regulation.durations import Duration, Unit
from regulation.profiles import Profile


@dataclass(frozen=True)
class Reminder:
    """How long before a due time people are reminded (nhắc trước hạn): a share of the period, at least some minutes.

    Source: requirements §0.3.2 `reminders.before_due`; R-PRC-05; R-INT-02
    """

    share: Fraction
    at_least: int

    def minutes(self, period: int) -> int:
        """Return how many working minutes before its end a period of so many working minutes is near."""
        return max(period * self.share.numerator // self.share.denominator, self.at_least)

    def soon_at(self, started: datetime, due_at: datetime, calendar: WorkingCalendar) -> datetime:
        """Return the instant (UTC) from which a deadline is near; a period shorter than the reminder begins near."""
        period = working_minutes_between(calendar, started, due_at)
        left = self.minutes(period)
        return started if left >= period else _later(started, period - left, calendar)

    def near_until(self, term: Term, now: datetime, calendar: WorkingCalendar) -> datetime:
        """Return the instant (UTC) up to which the deadlines that a term sets are near at `now`."""
        period = working_minutes_between(calendar, now, term.starting(now, calendar).due_at)
        return _later(now, self.minutes(period), calendar)

    def remaining(
        self, started: datetime, due_at: datetime, at: datetime, calendar: WorkingCalendar
    ) -> Remaining:
        """Return how much of a deadline's time is left at an instant. Raises: CalendarGapError."""
        left, period = left_of(calendar, started, at, due_at)
        return Remaining(left, period, overdue=at > due_at, soon=left <= self.minutes(period))


def reminder_of(profile: Profile) -> Reminder:
    """Read what a profile says of reminders. Raises: UnknownKeyError, WrongKindError."""
    said = profile.record("reminders.before_due")
    return Reminder(Fraction(str(said["share"])) / 100, int(str(said["at_least_minutes"])))


def _later(start: datetime, minutes: int, calendar: WorkingCalendar) -> datetime:
    return due(Rule.HOURS, start, Duration(Fraction(minutes, 60), Unit.WORKING_HOUR), calendar).due_at
