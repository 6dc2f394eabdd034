"""The clock against a naive oracle that walks minute by minute, on calendars nobody chose.

500 examples per property in a normal run, 10,000 with HYPOTHESIS_PROFILE=nightly.
"""

import json
import os
import time
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from regulation.calendar import CalendarGapError, DayOff, MakeUpDay, Period, Week, WorkingCalendar
from regulation.clock import Ledger, Pause, Reason, Rule, due, recompute, redate, working_minutes_between
from regulation.durations import Duration, Unit

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MINUTE = timedelta(minutes=1)
EXAMPLES = 10_000 if os.environ.get("HYPOTHESIS_PROFILE") == "nightly" else 500
thorough = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


class World(NamedTuple):
    """A calendar said twice: as plain facts for the oracle, and as the library's value."""

    first: date
    last: date
    periods: tuple[tuple[tuple[int, int], ...], ...]
    off: frozenset[date]
    made_up: frozenset[date]
    calendar: WorkingCalendar
    minutes: bytes = b""

    def works(self, at: datetime) -> bool:
        """The oracle's only knowledge: is this local minute worked?"""
        return bool(self.minutes[self.index(at)])

    def index(self, at: datetime) -> int:
        """Number of a local minute; refuse what lies beyond the calendar."""
        number = int((at - datetime.combine(self.first, datetime.min.time())) / MINUTE)
        if number >= len(self.minutes):
            raise LookupError
        return number

    def periods_of(self, day: date) -> tuple[tuple[int, int], ...]:
        """Periods of a day, from the plain facts."""
        if day in self.off:
            return ()
        if day in self.made_up:
            return next(periods for periods in self.periods if periods)
        return self.periods[day.weekday()]


def minutes_of(world: World) -> bytes:
    """One byte per minute of the calendar: worked or not."""
    minutes = bytearray()
    while len(minutes) < ((world.last - world.first).days + 1) * 1440:
        day = bytearray(1440)
        for opens, closes in world.periods_of(world.first + timedelta(len(minutes) // 1440)):
            day[opens:closes] = bytes([1]) * (closes - opens)
        minutes += day
    return bytes(minutes)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A quarter of a year with odd hours, odd weekends, holidays and make-up days."""
    hours = st.sampled_from(
        [
            (),
            ((420, 690), (810, 1020)),
            ((450, 690), (810, 1050)),
            ((0, 1440),),
            ((480, 481),),
            ((420, 500), (500, 600), (900, 960)),
        ]
    )
    periods = tuple(draw(st.tuples(*[hours] * 7)))
    assume(any(periods))
    first = draw(st.dates(date(2024, 1, 1), date(2027, 6, 1)))
    days = [first + timedelta(n) for n in range(90)]
    off = frozenset(draw(st.lists(st.sampled_from(days), max_size=12)))
    free = [day for day in days if day.weekday() >= 5 and day not in off]
    made_up = frozenset(draw(st.lists(st.sampled_from(free), max_size=3)) if free else [])
    week = Week(tuple(tuple(Period(*span) for span in spans) for spans in periods))
    names = tuple(DayOff(day, f"nghỉ {day}", f"off {day}") for day in sorted(off))
    calendar = WorkingCalendar("w", first, days[-1], week, (), names, tuple(map(MakeUpDay, made_up)))
    world = World(first, days[-1], periods, off, made_up, calendar)
    return world._replace(minutes=minutes_of(world))


@st.composite
def moments(draw: st.DrawFn, world: World, within: int = 30) -> datetime:
    """A local minute in the first days of a world."""
    midnight = datetime.combine(world.first, datetime.min.time())
    return midnight + draw(st.integers(0, within * 1440 - 1)) * MINUTE


@st.composite
def spans(draw: st.DrawFn, world: World) -> list[tuple[datetime, datetime]]:
    """Up to three pauses, perhaps overlapping."""
    begins = draw(st.lists(moments(world, 45), max_size=3))
    return [(at, at + draw(st.integers(0, 4000)) * MINUTE) for at in begins]


def consume(
    world: World, start: datetime, minutes: int, paused: Sequence[tuple[datetime, datetime]] = ()
) -> datetime:
    """Walk until so many worked and unpaused minutes have passed."""
    number, stretches = world.index(start), [(world.index(one), (two - one) // MINUTE) for one, two in paused]
    while minutes:
        if number == len(world.minutes):
            raise LookupError
        if world.minutes[number] and not any(
            begins <= number < begins + length for begins, length in stretches
        ):
            minutes -= 1
        number += 1
    return datetime.combine(world.first, datetime.min.time()) + number * MINUTE


def known(world: World, day: date) -> date:
    """Refuse a day beyond the calendar."""
    if day > world.last:
        raise LookupError
    return day


def close_of(world: World, day: date) -> datetime:
    """Close of a worked day."""
    return datetime.combine(day, datetime.min.time()) + world.periods_of(day)[-1][1] * MINUTE


def end_of_days(world: World, rule: Rule, received: datetime, number: int) -> datetime:
    """Walk days and months as a clerk does with a wall calendar."""
    day = received.date()
    if rule is Rule.WORKING_DAYS:
        while number:
            day = known(world, day + timedelta(1))
            number -= bool(world.periods_of(day))
        return close_of(world, day)
    if rule is Rule.CALENDAR_DAYS:
        day += timedelta(number)
    else:
        wanted, month = day.day, day.replace(day=1)
        for _ in range(number):
            month = (month + timedelta(31)).replace(day=1)
        day = month + timedelta(wanted - 1)
        while day.month != month.month:
            day -= timedelta(1)
    while not world.periods_of(known(world, day)):
        day += timedelta(1)
    return close_of(world, day)


def computed(
    world: World,
    rule: Rule,
    received: datetime,
    amount: Duration,
    paused: Sequence[tuple[datetime, datetime]] = (),
) -> Ledger:
    """Ask the library."""
    pauses = [Pause(begins.replace(tzinfo=ZONE), ends.replace(tzinfo=ZONE), "g") for begins, ends in paused]
    return due(rule, received.replace(tzinfo=ZONE), amount, world.calendar, pauses)


def local(ledger: Ledger) -> datetime:
    """The library's answer as a naive local time."""
    return ledger.due_at.astimezone(ZONE).replace(tzinfo=None)


def hours(minutes: int) -> Duration:
    """Working hours from minutes."""
    return Duration(Fraction(minutes, 60), Unit.WORKING_HOUR)


@thorough
@given(st.data())
def test_working_hours_equal_the_walk_minute_by_minute(data: st.DataObject) -> None:
    world = data.draw(worlds())
    received, minutes, paused = (
        data.draw(moments(world)),
        data.draw(st.integers(1, 3000)),
        data.draw(spans(world)),
    )
    try:
        expected = consume(world, received, minutes, paused)
    except LookupError:
        with pytest.raises(CalendarGapError):
            computed(world, Rule.HOURS, received, hours(minutes), paused)
        return
    ledger = computed(world, Rule.HOURS, received, hours(minutes), paused)
    assert local(ledger) == expected
    assert (
        sum((one.end - one.start for one in ledger.intervals if one.counted), timedelta()) == minutes * MINUTE
    )
    check_lines(world, ledger, received)


def check_lines(world: World, ledger: Ledger, received: datetime) -> None:
    """The lines of a ledger follow one another without a gap and say the truth about their time."""
    lines = ledger.intervals
    assert lines[0].start == received.replace(tzinfo=ZONE)
    assert lines[-1].end == ledger.due_at
    assert all(earlier.end == later.start for earlier, later in pairwise(lines))
    for line in lines:
        for at in (line.start, line.start + (line.end - line.start) / 2, line.end - MINUTE):
            minute = at.astimezone(ZONE).replace(tzinfo=None, second=0, microsecond=0)
            assert line.reason is reason_of(world, minute) or line.reason is Reason.PAUSED
            assert line.counted is (line.reason is Reason.COUNTED)


def reason_of(world: World, at: datetime) -> Reason:
    """What the oracle says of a minute."""
    if world.works(at):
        return Reason.COUNTED
    if world.periods_of(at.date()):
        return Reason.OUTSIDE_HOURS
    return Reason.OFF if at.date() in world.off else Reason.WEEKLY_REST


@thorough
@given(st.data(), st.sampled_from([Rule.WORKING_DAYS, Rule.CALENDAR_DAYS, Rule.MONTHS]))
def test_limits_in_days_equal_the_walk_over_the_wall_calendar(data: st.DataObject, rule: Rule) -> None:
    world = data.draw(worlds())
    received, paused = data.draw(moments(world)), data.draw(spans(world))
    number = data.draw(st.integers(1, 2 if rule is Rule.MONTHS else 30))
    unit = {Rule.WORKING_DAYS: Unit.WORKING_DAY, Rule.CALENDAR_DAYS: Unit.DAY, Rule.MONTHS: Unit.MONTH}[rule]
    day_one = datetime.combine(received.date() + timedelta(1), datetime.min.time())
    try:
        consume(world, received, 1)
        end = end_of_days(world, rule, received, number)
        worked = sum(world.minutes[world.index(day_one) : world.index(end - MINUTE) + 1])
        expected = consume(world, day_one, worked, paused)
    except LookupError:
        with pytest.raises(CalendarGapError):
            computed(world, rule, received, Duration.of(number, unit), paused)
        return
    ledger = computed(world, rule, received, Duration.of(number, unit), paused)
    assert local(ledger) == expected
    assert world.works(expected - MINUTE), "a deadline ends with working time"


@thorough
@given(st.data(), st.sampled_from([Rule.SAME_DAY_15H, Rule.FORWARD_15H]))
def test_the_rules_of_three_o_clock_equal_the_wall_calendar(data: st.DataObject, rule: Rule) -> None:
    world = data.draw(worlds())
    received = data.draw(moments(world))
    today = world.periods_of(received.date())
    try:
        consume(world, received, 1)
        if (
            today
            and received.time() <= datetime.min.time().replace(hour=15)
            and received < close_of(world, received.date())
        ):
            expected = close_of(world, received.date())
        else:
            expected = end_of_days(world, Rule.WORKING_DAYS, received, 1)
            if rule is Rule.FORWARD_15H:
                expected = datetime.combine((expected - MINUTE).date(), datetime.min.time())
                expected += world.periods_of(expected.date())[0][0] * MINUTE
    except LookupError:
        with pytest.raises(CalendarGapError):
            computed(world, rule, received, hours(1))
        return
    ledger = computed(world, rule, received, hours(1))
    assert local(ledger) == expected
    assert ledger.intervals[-1].end == ledger.due_at


@st.composite
def answered(draw: st.DrawFn) -> tuple[World, Rule, datetime, Duration, Ledger]:
    """A question that has an answer, with it."""
    world = draw(worlds())
    unit = draw(st.sampled_from(list(Unit)))
    most = {
        Unit.WORKING_HOUR: 40,
        Unit.WORKING_DAY: 20,
        Unit.CLOCK_HOUR: 90,
        Unit.DAY: 30,
        Unit.MONTH: 1,
        Unit.YEAR: 1,
    }
    rule = {
        Unit.WORKING_HOUR: Rule.HOURS,
        Unit.WORKING_DAY: Rule.WORKING_DAYS,
        Unit.DAY: Rule.CALENDAR_DAYS,
    }.get(unit, Rule.MONTHS)
    if unit is Unit.CLOCK_HOUR:
        rule = draw(st.sampled_from([Rule.CLOCK_HOURS, Rule.WORKING_DAY_CLOCK_HOURS]))
    amount = Duration.of(draw(st.integers(1, most[unit])), unit)
    if unit in (Unit.WORKING_HOUR, Unit.WORKING_DAY):
        amount = Duration(amount.amount - draw(st.sampled_from([Fraction(0), Fraction(1, 2)])), unit)
    received = draw(moments(world))
    try:
        ledger = computed(world, rule, received, amount, draw(spans(world)))
    except CalendarGapError:
        assume(False)
    return world, rule, received, amount, ledger


@thorough
@given(answered())
def test_a_ledger_can_be_computed_again_kept_and_read_back(
    case: tuple[World, Rule, datetime, Duration, Ledger],
) -> None:
    world, _, _, _, ledger = case
    assert recompute(ledger, world.calendar) == ledger
    kept = Ledger.from_dict(json.loads(json.dumps(ledger.to_dict())))
    assert kept == ledger
    assert hash(kept) == hash(ledger)
    assert recompute(kept, world.calendar) == ledger
    assert redate([kept], world.calendar)[0].difference == timedelta(0)
    for lang in ("vi", "en"):
        assert kept.explain(lang) == ledger.explain(lang)


@thorough
@given(answered(), st.integers(1, 3000))
def test_later_receipt_and_longer_limits_are_never_due_earlier(
    case: tuple[World, Rule, datetime, Duration, Ledger], later: int
) -> None:
    world, rule, received, amount, ledger = case
    by_days = amount.unit in (Unit.WORKING_DAY, Unit.DAY, Unit.MONTH, Unit.YEAR)
    plain = computed(world, rule, received, amount) if by_days else ledger
    for at, limit in (
        (received + later * MINUTE, amount),
        (received, Duration(amount.amount + 1, amount.unit)),
    ):
        try:
            again = due(rule, at.replace(tzinfo=ZONE), limit, world.calendar, plain.pauses)
            assert again.due_at >= plain.due_at
        except CalendarGapError:
            continue


@thorough
@given(st.data())
def test_a_pause_equals_adding_its_working_minutes(data: st.DataObject) -> None:
    world = data.draw(worlds())
    received, minutes = data.draw(moments(world)), data.draw(st.integers(1, 2000))
    begins = data.draw(moments(world, 45))
    ends = begins + data.draw(st.integers(0, 4000)) * MINUTE
    try:
        ledger = computed(world, Rule.HOURS, received, hours(minutes), [(begins, ends)])
    except CalendarGapError:
        assume(False)
    plain = computed(world, Rule.HOURS, received, hours(minutes))
    lost = 0
    if begins < local(plain) and ends > received:
        start, end = (at.replace(tzinfo=ZONE) for at in (max(begins, received), ends))
        lost = working_minutes_between(world.calendar, start, end)
    assert computed(world, Rule.HOURS, received, hours(minutes + lost)).due_at == ledger.due_at
    assert (lost == 0) == (ledger.due_at == plain.due_at)


@thorough
@given(answered(), st.sampled_from(["UTC", "America/St_Johns", "Pacific/Kiritimati", "Europe/Berlin"]))
def test_the_zone_of_the_server_and_of_the_instant_change_nothing(
    case: tuple[World, Rule, datetime, Duration, Ledger], zone: str
) -> None:
    world, rule, received, amount, ledger = case
    before = os.environ.get("TZ")
    try:
        os.environ["TZ"] = zone
        time.tzset()
        at = received.replace(tzinfo=ZONE).astimezone(ZoneInfo(zone))
        assert due(rule, at, amount, world.calendar, ledger.pauses) == ledger
        assert Ledger.from_dict(ledger.to_dict()).explain("vi") == ledger.explain("vi")
    finally:
        os.environ.pop("TZ", None) if before is None else os.environ.update(TZ=before)
        time.tzset()


@thorough
@given(st.data())
def test_half_a_working_day_lies_between_nothing_and_one(data: st.DataObject) -> None:
    world = data.draw(worlds())
    received, number = data.draw(moments(world)), data.draw(st.integers(1, 10))
    try:
        steps = [
            computed(world, Rule.WORKING_DAYS, received, Duration(Fraction(n, 2), Unit.WORKING_DAY)).due_at
            for n in range(1, 2 * number + 1)
        ]
    except CalendarGapError:
        assume(False)
    assert steps == sorted(steps)
    assert steps[0] > received.replace(tzinfo=ZONE)
