"""The account of a deadline line by line: every stretch from receipt to due date, counted or not, and why."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from regulation.calendar.calendar import DayKind, WorkingCalendar
from regulation.calendar.timeline import DAY, MINUTE
from regulation.clock.account import Account
from regulation.clock.arithmetic import end_of, last_day_of
from regulation.clock.pauses import PausedSpan, spans_of
from regulation.clock.rows import Interval, Reason
from regulation.clock.rules import DayZero, Rule
from regulation.durations import Duration


class _Stretch(NamedTuple):
    """A stretch of ticks before it becomes a row."""

    begins: int
    ends: int
    counted: bool
    reason: Reason
    vi: str = ""
    en: str = ""
    tally: int = 0


def intervals_of(account: Account, calendar: WorkingCalendar) -> tuple[Interval, ...]:
    """List the stretches from hand-in to due date in order of time, made-up pauses last."""
    received = calendar.tick_of(account.received_at)
    due = calendar.tick_of(account.original_due_at, end=True)
    spans = spans_of(account.pauses, calendar)
    rows = list(_elsewhere(account, received, calendar))
    if account.rule in (Rule.HOURS, Rule.CLOCK_HOURS, Rule.WORKING_DAY_CLOCK_HOURS) or _part_of_a_day(
        account
    ):
        rows += _running(account, received, due, spans, calendar)
    else:
        rows += _by_days(account, received, due, spans, calendar)
    instant = calendar.instant_of
    return tuple(Interval(instant(row.begins), instant(row.ends), *row[2:]) for row in rows)


def _part_of_a_day(account: Account) -> bool:
    """Say whether the limit is less than one working day and so runs in minutes."""
    amount = account.amount
    return account.rule is Rule.WORKING_DAYS and amount is not None and amount.amount < 1


def _elsewhere(account: Account, received: int, calendar: WorkingCalendar) -> Iterator[_Stretch]:
    """Time between hand-in at another place and receipt by the competent authority."""
    if account.handed_in_at and account.handed_in_at < account.received_at:
        yield _Stretch(calendar.tick_of(account.handed_in_at), received, False, Reason.HANDED_IN_ELSEWHERE)


def _running(
    account: Account, received: int, due: int, spans: Sequence[PausedSpan], calendar: WorkingCalendar
) -> list[_Stretch]:
    """Account in minutes: cut every day at its periods and pauses, then join what says the same."""
    cuts: list[_Stretch] = []
    for day in range(received // DAY, (due - 1) // DAY + 1):
        for piece in _day_pieces(day, account.rule, calendar):
            begins, ends = max(piece.begins, received), min(piece.ends, due)
            if begins < ends:
                cuts += _cut(piece._replace(begins=begins, ends=ends), spans)
    start = calendar.tick_of(account.started_at)
    if account.rule is Rule.WORKING_DAY_CLOCK_HOURS and received < start:
        cuts = [_before(piece, start) for whole in cuts for piece in _split(whole, start)]
    return list(_tallied(_joined(cuts)))


def _day_pieces(day: int, rule: Rule, calendar: WorkingCalendar) -> Iterator[_Stretch]:
    """Cut one day into working and other time, as the rule sees it."""
    zero = day * DAY
    periods = calendar.periods_on(calendar.day_of(day))
    if rule is Rule.CLOCK_HOURS or (rule is Rule.WORKING_DAY_CLOCK_HOURS and periods):
        yield _Stretch(zero, zero + DAY, True, Reason.COUNTED)
        return
    if not periods:
        yield _rest(day, calendar)
        return
    free = zero
    for period in periods:
        opens, closes = zero + period.opens * MINUTE, zero + period.closes * MINUTE
        yield _Stretch(free, opens, False, Reason.OUTSIDE_HOURS)
        yield _Stretch(opens, closes, True, Reason.COUNTED)
        free = closes
    yield _Stretch(free, zero + DAY, False, Reason.OUTSIDE_HOURS)


def _rest(day: int, calendar: WorkingCalendar) -> _Stretch:
    """A day without work, with the name of the holiday if it is one."""
    on = calendar.day_of(day)
    off = calendar.day_off(on)
    if calendar.kind_of(on) is DayKind.OFF and off:
        return _Stretch(day * DAY, (day + 1) * DAY, False, Reason.OFF, off.vi, off.en)
    return _Stretch(day * DAY, (day + 1) * DAY, False, Reason.WEEKLY_REST)


def _cut(piece: _Stretch, spans: Sequence[PausedSpan]) -> Iterator[_Stretch]:
    """Take the pauses out of a counted stretch."""
    if not piece.counted:
        yield piece
        return
    free = piece.begins
    for begins, ends, ground in spans:
        lower, upper = max(begins, free), min(ends, piece.ends)
        if lower < upper:
            yield piece._replace(begins=free, ends=lower)
            yield _Stretch(lower, upper, False, Reason.PAUSED, ground, ground)
            free = upper
    yield piece._replace(begins=free)


def _split(piece: _Stretch, at: int) -> Iterator[_Stretch]:
    """Split a stretch at a tick inside it."""
    if piece.begins < at < piece.ends:
        yield piece._replace(ends=at)
        yield piece._replace(begins=at)
    else:
        yield piece


def _before(piece: _Stretch, start: int) -> _Stretch:
    """Do not count what lies before the start of the clock."""
    if piece.counted and piece.ends <= start:
        return piece._replace(counted=False, reason=Reason.OUTSIDE_HOURS)
    return piece


def _joined(pieces: Sequence[_Stretch]) -> Iterator[_Stretch]:
    """Join neighbours that say the same, and drop empty stretches."""
    filled = (piece for piece in pieces if piece.begins < piece.ends)
    for _, same in groupby(filled, key=lambda piece: piece[2:]):
        run = list(same)
        yield run[0]._replace(ends=run[-1].ends)


def _tallied(pieces: Iterator[_Stretch]) -> Iterator[_Stretch]:
    """Write the minutes consumed so far on every counted stretch."""
    done = 0
    for piece in pieces:
        if piece.counted:
            done += piece.ends - piece.begins
            yield piece._replace(tally=done // MINUTE)
        else:
            yield piece


def _by_days(
    account: Account, received: int, due: int, spans: Sequence[PausedSpan], calendar: WorkingCalendar
) -> list[_Stretch]:
    """Account in days: the day of receipt, the days counted, the days that were not, the made-up pauses."""
    start = calendar.tick_of(account.started_at)
    end = end_of(account.rule, received, start, account.amount, calendar, zero=account.day_zero)
    zero = (received if account.day_zero is DayZero.RECEIPT_DATE else start) // DAY
    rows = [_Stretch(received, (zero + 1) * DAY, False, Reason.DAY_ZERO)]
    if account.amount is None:
        rows = _up_to_closing_day(received, end, account.rule, calendar)
    elif account.rule is Rule.WORKING_DAYS:
        rows += _working_days(zero + 1, end, calendar)
    else:
        rows += _calendar_days(zero, end, account.amount, calendar)
    rows += [
        _Stretch(begins, ends, False, Reason.PAUSED, ground, ground)
        for begins, ends, ground in spans
        if begins < due and ends > received
    ]
    if due > end:
        rows.append(_Stretch(end, due, True, Reason.MADE_UP, tally=_lost(end, due, calendar)))
    return rows


def _lost(end: int, due: int, calendar: WorkingCalendar) -> int:
    """Working minutes between two ticks."""
    return (calendar.timeline.work_at(due) - calendar.timeline.work_at(end)) // MINUTE


def _up_to_closing_day(received: int, end: int, rule: Rule, calendar: WorkingCalendar) -> list[_Stretch]:
    """Account for a 15:00 rule: the rest of today, or today and the days off left out."""
    day, last = received // DAY, (end if rule is Rule.FORWARD_15H else end - 1) // DAY
    if day == last:
        return [_Stretch(received, end, True, Reason.CLOSING_DAY, tally=1)]
    today = _Stretch(received, (day + 1) * DAY, False, Reason.AFTER_15H)
    if not calendar.timeline.is_working_day(day):
        today = _rest(day, calendar)._replace(begins=received)
    between = [_rest(number, calendar) for number in range(day + 1, last)]
    closing = _Stretch(last * DAY, end, True, Reason.CLOSING_DAY, tally=1)
    return [*_joined([today, *between]), closing]


def _working_days(first: int, end: int, calendar: WorkingCalendar) -> list[_Stretch]:
    """Number the working days; days off stand between them uncounted."""
    rows: list[_Stretch] = []
    count = 0
    for day in range(first, (end - 1) // DAY + 1):
        if calendar.timeline.is_working_day(day):
            count += 1
            rows.append(_Stretch(day * DAY, min(end, (day + 1) * DAY), True, Reason.COUNTED, tally=count))
        else:
            rows.append(_rest(day, calendar))
    return list(_joined(rows))


def _calendar_days(zero: int, end: int, amount: Duration, calendar: WorkingCalendar) -> list[_Stretch]:
    """All days count; where the last is off, the days left out and the closing day follow."""
    closing, last = (end - 1) // DAY, last_day_of(zero, amount, calendar)
    counted = _Stretch((zero + 1) * DAY, min(end, (last + 1) * DAY), True, Reason.COUNTED, tally=last - zero)
    if last == closing:
        return [counted]
    between = [_rest(day, calendar) for day in range(last + 1, closing)]
    off = _rest(last, calendar)
    rolled = _Stretch(closing * DAY, end, False, Reason.LAST_DAY_OFF, off.vi, off.en)
    return [counted, *_joined(between), rolled]
