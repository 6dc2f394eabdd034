"""The account of a deadline line by line: every stretch from receipt to due date, counted or not, and why."""

from collections.abc import Iterator, Sequence

from regulation.calendar.calendar import WorkingCalendar
from regulation.calendar.layout import Stretch, StretchKind
from regulation.calendar.timeline import DAY, MINUTE
from regulation.clock.account import Account
from regulation.clock.arithmetic import consumed_from, day_zero_of, end_of, last_day_of
from regulation.clock.pauses import PausedSpan, spans_of
from regulation.clock.rows import Interval, Reason
from regulation.clock.rules import Rule
from regulation.durations import Duration

_REASONS = {
    StretchKind.WORK: Reason.COUNTED,
    StretchKind.OUTSIDE_HOURS: Reason.OUTSIDE_HOURS,
    StretchKind.WEEKLY_REST: Reason.WEEKLY_REST,
    StretchKind.OFF: Reason.OFF,
}


def intervals_of(account: Account, calendar: WorkingCalendar) -> tuple[Interval, ...]:
    """List the stretches from hand-in to due date in order of time, pauses of limits in days last."""
    received = calendar.tick_of(account.received_at)
    due = calendar.tick_of(account.original_due_at, end=True)
    spans = spans_of(account.pauses, calendar) if account.pauses else ()
    rows = _running if account.in_minutes else _by_days
    return (*_elsewhere(account), *rows(account, received, due, spans, calendar))


def _elsewhere(account: Account) -> Iterator[Interval]:
    """Time between hand-in at another place and receipt by the competent authority."""
    if account.handed_in_at and account.handed_in_at < account.received_at:
        yield Interval(account.handed_in_at, account.received_at, False, Reason.HANDED_IN_ELSEWHERE)


def _running(
    account: Account, received: int, due: int, spans: Sequence[PausedSpan], calendar: WorkingCalendar
) -> list[Interval]:
    """Account in minutes, pauses cut out, with the minutes consumed so far on every counted stretch."""
    rows: list[Interval] = []
    done = 0
    for piece, paused, ground in _cut(_pieces(account, received, due, calendar), spans, calendar):
        if paused:
            rows.append(Interval(piece.start, piece.end, False, Reason.PAUSED, ground, ground))
        elif piece.kind is StretchKind.WORK:
            done += piece.ends - piece.begins
            rows.append(Interval(piece.start, piece.end, True, Reason.COUNTED, "", "", done // MINUTE))
        else:
            rows.append(Interval(piece.start, piece.end, False, _REASONS[piece.kind], piece.vi, piece.en))
    return rows


def _pieces(account: Account, received: int, due: int, calendar: WorkingCalendar) -> list[Stretch]:
    """Lay out the time a rule in minutes runs over, as that rule sees it."""
    start = calendar.tick_of(account.started_at)
    if account.rule is Rule.CLOCK_HOURS:
        return [Stretch(received, due, account.received_at, account.original_due_at, StretchKind.WORK)]
    if account.rule is Rule.WORKING_DAY_CLOCK_HOURS:
        before = calendar.layout.between(received, start) if received < start else []
        return before + calendar.day_layout.between(start, due)
    return calendar.layout.between(received, due)


def _cut(
    pieces: Sequence[Stretch], spans: Sequence[PausedSpan], calendar: WorkingCalendar
) -> Iterator[tuple[Stretch, bool, str]]:
    """Take the pauses out of working stretches: (stretch, paused, ground)."""
    for piece in pieces:
        free = piece.begins
        for begins, ends, ground in spans if piece.kind is StretchKind.WORK else ():
            lower, upper = max(begins, free), min(ends, piece.ends)
            if lower < upper:
                if free < lower:
                    yield calendar.layout.cut(piece, free, lower), False, ""
                yield calendar.layout.cut(piece, lower, upper), True, ground
                free = upper
        if free < piece.ends:
            yield calendar.layout.cut(piece, free, piece.ends), False, ""


def _by_days(
    account: Account, received: int, due: int, spans: Sequence[PausedSpan], calendar: WorkingCalendar
) -> list[Interval]:
    """Account in days: the day of receipt, the days counted, the days that were not, the made-up pauses."""
    start = calendar.tick_of(account.started_at)
    end = end_of(account.rule, received, start, account.amount, calendar, zero=account.day_zero)
    zero = day_zero_of(received, start, account.day_zero)
    first = (zero + 1) * DAY
    if account.amount is None:
        rows = _up_to_closing_day(account, received, end, calendar)
    else:
        rows = [Interval(account.received_at, calendar.instant_of(first), False, Reason.DAY_ZERO)]
        if account.rule is Rule.WORKING_DAYS:
            rows += _working_days(first, end, calendar)
        else:
            rows += _calendar_days(first, end, account.amount, calendar)
    if spans:
        used_from = consumed_from(account.rule, zero, start, account.amount)
        rows += _made_up(end, due, used_from, spans, calendar)
    return rows


def _made_up(
    end: int, due: int, used_from: int, spans: Sequence[PausedSpan], calendar: WorkingCalendar
) -> Iterator[Interval]:
    """List the pauses that fell into the limit, and the working time that makes up for them."""
    instant = calendar.instant_of
    for begins, ends, ground in spans:
        if begins < due and ends > used_from:
            yield Interval(instant(begins), instant(ends), False, Reason.PAUSED, ground, ground)
    if due > end:
        lost = (calendar.timeline.work_at(due) - calendar.timeline.work_at(end)) // MINUTE
        yield Interval(instant(end), instant(due), True, Reason.MADE_UP, tally=lost)


def _up_to_closing_day(
    account: Account, received: int, end: int, calendar: WorkingCalendar
) -> list[Interval]:
    """Account for a 15:00 rule: the rest of today, or today and the days off left out."""
    day, last = received // DAY, (end if account.rule is Rule.FORWARD_15H else end - 1) // DAY
    instant = calendar.instant_of
    if day == last:
        return [Interval(account.received_at, instant(end), True, Reason.CLOSING_DAY, tally=1)]
    rows = []
    free = received
    if calendar.timeline.is_working_day(day):
        free = (day + 1) * DAY
        rows.append(Interval(account.received_at, instant(free), False, Reason.AFTER_15H))
    rows += _rests(free, last * DAY, calendar)
    return [*rows, Interval(instant(last * DAY), instant(end), True, Reason.CLOSING_DAY, tally=1)]


def _rests(begins: int, ends: int, calendar: WorkingCalendar) -> Iterator[Interval]:
    """List the rests and days off between two ticks."""
    if begins < ends:
        for piece in calendar.day_layout.between(begins, ends):
            yield Interval(piece.start, piece.end, False, _REASONS[piece.kind], piece.vi, piece.en)


def _working_days(first: int, end: int, calendar: WorkingCalendar) -> Iterator[Interval]:
    """Number the working days, each from its first to its last working hour; days off stand between uncounted."""
    count = 0
    for piece in calendar.day_layout.between(first, end):
        if piece.kind is StretchKind.WORK:
            count += 1
            hours = [
                one for one in calendar.layout.between(piece.begins, piece.ends) if one.kind is piece.kind
            ]
            yield Interval(hours[0].start, hours[-1].end, True, Reason.COUNTED, "", "", count)
        else:
            yield Interval(piece.start, piece.end, False, _REASONS[piece.kind], piece.vi, piece.en)


def _calendar_days(first: int, end: int, amount: Duration, calendar: WorkingCalendar) -> Iterator[Interval]:
    """All days count; where the last is off, the days left out and the closing day follow."""
    zero, closing, instant = first // DAY - 1, (end - 1) // DAY, calendar.instant_of
    last = last_day_of(zero, amount, calendar)
    counted = min(end, (last + 1) * DAY)
    yield Interval(instant(first), instant(counted), True, Reason.COUNTED, tally=last - zero)
    if last < closing:
        yield from _rests(counted, closing * DAY, calendar)
        (off,) = calendar.day_layout.between(last * DAY, counted)
        yield Interval(instant(closing * DAY), instant(end), False, Reason.LAST_DAY_OFF, off.vi, off.en)
