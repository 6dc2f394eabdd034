"""Due dates for a table of cases: local minutes in, local minutes out, and a reason for every row refused."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from regulation.calendar.calendar import WorkingCalendar
from regulation.clock.due import due
from regulation.clock.rules import ClockError, DayZero, Pause, Rule
from regulation.durations import AmountNotPositiveError, Duration, Unit

COLUMNS = ("id", "rule", "received", "amount", "pause_from", "pause_to")
WITH_PAUSE = "hours+pause"
_RULES: dict[str, tuple[Rule, Unit | None]] = {
    "hours": (Rule.HOURS, Unit.WORKING_HOUR),
    WITH_PAUSE: (Rule.HOURS, Unit.WORKING_HOUR),
    "working_days": (Rule.WORKING_DAYS, Unit.WORKING_DAY),
    "calendar_days": (Rule.CALENDAR_DAYS, Unit.DAY),
    "months": (Rule.MONTHS, Unit.MONTH),
    "same_day_15h": (Rule.SAME_DAY_15H, None),
}
_MINUTE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")
_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)")


class UnknownRuleError(ClockError):
    """The rule is none of those the table knows."""

    code = "unknown-rule"
    vi = "Không có quy tắc “{rule}”; các quy tắc: {rules}."
    en = "There is no rule “{rule}”; the rules are {rules}."


class UnreadableMinuteError(ClockError):
    """The text is no local date and time to the minute."""

    code = "unreadable-minute"
    vi = "{column}: “{text}” không phải ngày giờ dạng 2026-09-03T10:00."
    en = "{column}: “{text}” is not a date and time such as 2026-09-03T10:00."


class UnreadableNumberError(ClockError):
    """The text is no number."""

    code = "unreadable-number"
    vi = "amount: “{text}” không phải là số."
    en = "amount: “{text}” is not a number."


class PauseMissingError(ClockError):
    """The rule with a pause needs both ends of it."""

    code = "pause-missing"
    vi = "Quy tắc hours+pause cần cả pause_from và pause_to."
    en = "The rule hours+pause needs both pause_from and pause_to."


class PauseNotExpectedError(ClockError):
    """A pause stands in a row whose rule knows none."""

    code = "pause-not-expected"
    vi = "Quy tắc {rule} không có tạm dừng; dùng hours+pause."
    en = "The rule {rule} takes no pause; use hours+pause."


def due_of_row(
    row: Mapping[str, str | None], calendar: WorkingCalendar, day_zero: DayZero = DayZero.RECEIPT_DATE
) -> datetime:
    """Compute the local due minute of one row with the columns `COLUMNS`; a begun minute is cut off.

    `same_day_15h` does not use its amount, which may be empty.
    Raises: RegulationError of the row's first problem.
    """
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    name = cells["rule"]
    if name not in _RULES:
        raise UnknownRuleError(rule=name, rules=", ".join(_RULES))
    rule, unit = _RULES[name]
    received = local_minute(cells["received"], calendar, "received")
    amount = _amount(cells["amount"], unit)
    answer = due(rule, received, amount, calendar, _pauses(cells, name, calendar), day_zero=day_zero).due_at
    return calendar.local(answer).replace(tzinfo=None, second=0, microsecond=0)


def local_minute(text: str, calendar: WorkingCalendar, column: str) -> datetime:
    """Read `2026-09-03T10:00` as a local time of the calendar. Raises: UnreadableMinuteError."""
    try:
        if _MINUTE.fullmatch(text):
            return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(calendar.zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise UnreadableMinuteError(column=column, text=text)


def _amount(text: str, unit: Unit | None) -> Duration | None:
    """Read the amount in the unit of the rule. Raises: UnreadableNumberError, AmountNotPositiveError."""
    if unit is None and not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise UnreadableNumberError(text=text)
    number = Fraction(text)
    if unit is not None:
        return Duration(number, unit)
    if number < 0:
        raise AmountNotPositiveError(amount=text)
    return None


def _pauses(cells: Mapping[str, str], rule: str, calendar: WorkingCalendar) -> tuple[Pause, ...]:
    """Read the pause of a row. Raises: PauseMissingError, PauseNotExpectedError, UnreadableMinuteError."""
    begins, ends = cells["pause_from"], cells["pause_to"]
    if rule != WITH_PAUSE:
        if begins or ends:
            raise PauseNotExpectedError(rule=rule)
        return ()
    if not begins or not ends:
        raise PauseMissingError
    return (Pause(local_minute(begins, calendar, "pause_from"), local_minute(ends, calendar, "pause_to")),)
