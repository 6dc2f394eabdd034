"""The clock: due dates with their ledgers, pauses, fresh starts, extensions and re-dating."""

from regulation.clock.account import Extension, Restart
from regulation.clock.changes import Redating, add_pause, extend, recompute, redate, restart, resume, succeed
from regulation.clock.due import due
from regulation.clock.explain import Explanation, Row
from regulation.clock.ledger import Ledger
from regulation.clock.minutes import (
    apology_due_at,
    day_hours,
    half_day,
    last_close_by,
    remaining_minutes,
    working_minutes_between,
)
from regulation.clock.rows import Interval, Reason
from regulation.clock.rules import (
    ClockError,
    ClockStoppedError,
    DayZero,
    ExtensionBackwardsError,
    ExtensionTooLateError,
    ExtensionUsedError,
    FractionOfDayError,
    HandedInLaterError,
    Pause,
    PauseBackwardsError,
    Rule,
    WrongUnitError,
    rule_for,
)
from regulation.clock.urgency import Remaining, Urgency

__all__ = [
    "ClockError",
    "ClockStoppedError",
    "DayZero",
    "Explanation",
    "Extension",
    "ExtensionBackwardsError",
    "ExtensionTooLateError",
    "ExtensionUsedError",
    "FractionOfDayError",
    "HandedInLaterError",
    "Interval",
    "Ledger",
    "Pause",
    "PauseBackwardsError",
    "Reason",
    "Redating",
    "Remaining",
    "Restart",
    "Row",
    "Rule",
    "Urgency",
    "WrongUnitError",
    "add_pause",
    "apology_due_at",
    "day_hours",
    "due",
    "extend",
    "half_day",
    "last_close_by",
    "recompute",
    "redate",
    "remaining_minutes",
    "restart",
    "resume",
    "rule_for",
    "succeed",
    "working_minutes_between",
]
