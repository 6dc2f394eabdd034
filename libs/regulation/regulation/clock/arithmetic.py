"""When a limit ends: the rules of the law on local ticks, without any explanation."""

from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Protocol

from regulation.calendar.calendar import WorkingCalendar
from regulation.calendar.timeline import DAY, MINUTE
from regulation.clock.rules import DayZero, FractionOfDayError, Rule
from regulation.durations import Duration, Unit

HOUR = 60 * MINUTE
THREE_O_CLOCK = 15 * HOUR
Span = tuple[int, int]


class Measure(Protocol):
    """A way to count time: how much has passed at a tick, and when so much will have passed."""

    def work_at(self, tick: int) -> int:
        """Count what has passed at `tick`."""

    def moment_of(self, work: int) -> int:
        """Return the first tick at which `work` has passed."""


class RoundTheClock:
    """Every moment counts. Source: BLDS 2015 Đ.147.1."""

    def work_at(self, tick: int) -> int:
        """Count ticks."""
        return tick

    def moment_of(self, work: int) -> int:
        """Return the tick itself."""
        return work


_ROUND_THE_CLOCK = RoundTheClock()


def measure_of(rule: Rule, calendar: WorkingCalendar) -> Measure:
    """Return what a rule consumes: working time, clock time on working days, or clock time."""
    if rule is Rule.CLOCK_HOURS:
        return _ROUND_THE_CLOCK
    if rule is Rule.WORKING_DAY_CLOCK_HOURS:
        return calendar.whole_days
    return calendar.timeline


def start_of(rule: Rule, received: int, calendar: WorkingCalendar) -> int:
    """Return when the clock starts: at once inside working time, else at the next working period.

    Clock hours start at once, always. Raises: CalendarGapError. Source: TN Đ.11.3.a; R-INT-02, R-QNA-11.
    """
    return received if rule is Rule.CLOCK_HOURS else calendar.timeline.next_working(received)


def end_of(
    rule: Rule,
    received: int,
    start: int,
    amount: Duration | None,
    calendar: WorkingCalendar,
    *,
    zero: DayZero,
) -> int:
    """Return the tick at which the limit ends, pauses left aside. Raises: CalendarGapError, FractionOfDayError."""
    if amount is None:
        return _three_o_clock(rule, received, calendar)
    ending = _ENDINGS.get(rule)
    if ending is not None:
        return ending(day_zero_of(received, start, zero), start, amount, calendar)
    measure = measure_of(rule, calendar)
    return measure.moment_of(measure.work_at(start) + int(amount.amount * HOUR))


def consumed_from(rule: Rule, day_zero: int, start: int, amount: Duration | None) -> int:
    """Return when a limit begins to be used up: limits in days with day 1, all others with their start.

    A pause on the day of receipt takes nothing from a limit in days, as that day is not counted anyway.
    Source: BLDS 2015 Đ.147.2.
    """
    in_days = rule in _ENDINGS and amount is not None and amount.amount >= 1
    return (day_zero + 1) * DAY if in_days else start


def day_zero_of(received: int, start: int, policy: DayZero) -> int:
    """Return the number of the day that is not counted. Source: requirements §0.3.1."""
    return (received if policy is DayZero.RECEIPT_DATE else start) // DAY


def shifted(end: int, start: int, pauses: Sequence[Span], measure: Measure) -> int:
    """Move the end by exactly the countable time that the pauses (sorted, apart) took before it.

    Raises: CalendarGapError. Source: R-PRC-10; law-facts §12.
    """
    for begins, ends in pauses:
        if begins >= end:
            break
        lost = measure.work_at(ends) - measure.work_at(max(begins, start)) if ends > start else 0
        if lost:
            end = measure.moment_of(measure.work_at(end) + lost)
    return end


def _working_days(zero: int, start: int, amount: Duration, calendar: WorkingCalendar) -> int:
    """End with the last working period of day n; a fraction is that share of the configured hours of a day.

    The share of `½ wd` alone runs from the start of the clock; that of `1½ wd` follows the first day's close.
    Source: requirements §0.2, §0.3.1; R-INT-11, R-QNA-14.
    """
    whole, share = divmod(amount.amount, 1)
    line = calendar.timeline
    end = line.close_of(line.working_day_after(zero, int(whole))) if whole else start
    return _share_of_day(line.next_working(end), share, calendar) if share else end


def _share_of_day(start: int, share: Fraction, calendar: WorkingCalendar) -> int:
    """Use up a share of a day: what does not fit into this day is the same share of the next working day.

    On days of equal length this is that share of their hours; where they differ, each counts as one day.
    """
    line, day = calendar.timeline, start // DAY
    begun, length = line.work_at(day * DAY), _length_of(day, calendar)
    used = Fraction(line.work_at(start) - begun, length) + share
    if used > 1:
        begun, length = begun + length, _length_of(line.working_day_after(day, 1), calendar)
        used -= 1
    return line.moment_of(begun + int(used * length))


def _length_of(day: int, calendar: WorkingCalendar) -> int:
    """Configured working ticks of a day."""
    return sum(period.closes - period.opens for period in calendar.periods_on(calendar.day_of(day))) * MINUTE


def _calendar_days(zero: int, start: int, amount: Duration, calendar: WorkingCalendar) -> int:
    """End with the n-th day or month; a last day off rolls to the next working day. Source: BLDS 2015 Đ.148.5."""
    line = calendar.timeline
    return line.close_of(line.working_day_from(last_day_of(zero, amount, calendar)))


def last_day_of(zero: int, amount: Duration, calendar: WorkingCalendar) -> int:
    """Return the number of the n-th day after day `zero`, or of the same date n months on.

    Raises: FractionOfDayError, CalendarGapError. Source: BLDS 2015 Đ.147.2, Đ.148.
    """
    number = amount.amount * (12 if amount.unit is Unit.YEAR else 1)
    if number.denominator != 1:
        raise FractionOfDayError(amount=amount)
    if amount.unit is Unit.DAY:
        return zero + number.numerator
    return calendar.number_of(months_after(calendar.day_of(zero), number.numerator, calendar.valid_to))


def months_after(day: date, months: int, last: date) -> date:
    """Return the same date `months` on, or the last day of that month; `last` bounds the answer.

    Source: BLDS 2015 Đ.148.3.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > last.year:
        return last + timedelta(1)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _three_o_clock(rule: Rule, received: int, calendar: WorkingCalendar) -> int:
    """End the same day if received on a working day up to 15:00 and before its close, else on the next one.

    Source: NĐ 61/2018 Đ.18.2 (transfer: at its start); sector rules (result: by its end); law-facts §12.
    """
    line, (day, time) = calendar.timeline, divmod(received, DAY)
    if time <= THREE_O_CLOCK and line.is_working_day(day) and received < line.close_of(day):
        return line.close_of(day)
    following = line.working_day_after(day, 1)
    return line.opening_of(following) if rule is Rule.FORWARD_15H else line.close_of(following)


_ENDINGS: dict[Rule, Callable[[int, int, Duration, WorkingCalendar], int]] = {
    Rule.WORKING_DAYS: _working_days,
    Rule.CALENDAR_DAYS: _calendar_days,
    Rule.MONTHS: _calendar_days,
}
