"""When is it due: the one question of this library, answered with its ledger."""

from collections.abc import Sequence
from datetime import UTC, datetime

from regulation.calendar.calendar import WorkingCalendar
from regulation.clock.arithmetic import consumed_from, day_zero_of, end_of, measure_of, shifted, start_of
from regulation.clock.ledger import Ledger
from regulation.clock.pauses import spans_of
from regulation.clock.rules import UNITS_OF, DayZero, HandedInLaterError, Pause, Rule, WrongUnitError
from regulation.durations import Duration


def due(  # noqa: PLR0917  # the order is the library's published signature
    rule: Rule,
    received: datetime,
    amount: Duration | None,
    calendar: WorkingCalendar,
    pauses: Sequence[Pause] = (),
    source: str = "",
    *,
    handed_in: datetime | None = None,
    day_zero: DayZero = DayZero.RECEIPT_DATE,
) -> Ledger:
    """Compute the due date of a limit, with its ledger; instants are aware, the 15:00 rules take no amount.

    `received` is the receipt by the competent authority; a hand-in elsewhere is `handed_in`, shown, not counted.

    Raises: CalendarGapError, NaiveInstantError, and the ClockErrors of `regulation.clock.rules`.
    Source: requirements §0.3.1; NĐ 118/2025 Đ.17.3; R-INT-02, R-INT-12, R-PRC-05, R-PRC-10.
    """
    amount = _checked(rule, amount)
    begun = calendar.tick_of(received)
    start = start_of(rule, begun, calendar)
    end = end_of(rule, begun, start, amount, calendar, zero=day_zero)
    if pauses:
        spans = [(begins, ends) for begins, ends, _ in spans_of(pauses, calendar)]
        used_from = consumed_from(rule, day_zero_of(begun, start, day_zero), start, amount)
        end = shifted(end, used_from, spans, measure_of(rule, calendar))
    return Ledger(
        rule,
        source,
        calendar.version,
        calendar.zone,
        received.astimezone(UTC),
        _handed_in(handed_in, received, calendar) if handed_in else None,
        calendar.instant_of(start),
        amount,
        tuple(pauses),
        day_zero,
        calendar.instant_of(calendar.timeline.check(end)),
        calendar=calendar,
    )


def _checked(rule: Rule, amount: Duration | None) -> Duration | None:
    """Return the limit if the rule counts in its unit; the 15:00 rules have none. Raises: WrongUnitError."""
    units = UNITS_OF.get(rule)
    if units is None:
        return None
    if amount is None or amount.unit not in units:
        raise WrongUnitError(rule=rule.value, amount=amount)
    return amount


def _handed_in(handed_in: datetime, received: datetime, calendar: WorkingCalendar) -> datetime:
    """Check the hand-in elsewhere against the receipt. Raises: HandedInLaterError, CalendarGapError."""
    calendar.tick_of(handed_in)
    if handed_in > received:
        raise HandedInLaterError(received=received.isoformat(), handed_in=handed_in.isoformat())
    return handed_in.astimezone(UTC)
