"""When a step and a dossier are due, when they become urgent, and how that is shown."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from regulation.calendar import WorkingCalendar
from regulation.clock import Rule, due, remaining_minutes, rule_for, working_minutes_between
from regulation.durations import Duration, Unit


@dataclass(frozen=True)
class Reminder:
    """How long before the due time a reminder is sent: a share of the period, at least some minutes."""

    share: Fraction = Fraction(1, 4)
    minutes: int = 30


def step_due_at(
    started: datetime, hours: Duration, dossier_due: datetime, calendar: WorkingCalendar
) -> datetime:
    """Return when a step is due (UTC): its own hours on the working calendar, never after the dossier.

    Source: QT Đ.25.2; NB Đ.17.1.a; R-PRC-04; R-PRC-05
    """
    return min(due(rule_for(hours), started, hours, calendar).due_at, dossier_due)


def soon_at(
    started: datetime, dossier_due: datetime, reminder: Reminder, calendar: WorkingCalendar
) -> datetime:
    """Return the instant (UTC) from which a dossier counts as due soon.

    Source: requirements §0.3.2 `reminders.before_due`; R-PRC-05
    """
    total = working_minutes_between(calendar, started, dossier_due)
    left = max(int(total * reminder.share), reminder.minutes)
    if left >= total:
        return started
    return due(Rule.HOURS, started, Duration(Fraction(total - left, 60), Unit.WORKING_HOUR), calendar).due_at


def minutes_left(now: datetime, due_at: datetime, calendar: WorkingCalendar) -> int:
    """Return the working minutes left, negative when overdue.

    Source: NB Đ.17.1.a; TN Đ.11.4.b; R-PRC-05
    """
    return remaining_minutes(calendar, now, due_at)
