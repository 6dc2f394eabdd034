"""Pauses, fresh starts, the one extension, apologies, re-dating, and questions about working time."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from regulation.calendar import CalendarGapError, DayOff, MakeUpDay, Week, WorkingCalendar
from regulation.clock import (
    ClockStoppedError,
    DayZero,
    Extension,
    ExtensionBackwardsError,
    ExtensionTooLateError,
    ExtensionUsedError,
    Ledger,
    Pause,
    PauseBackwardsError,
    Restart,
    Rule,
    add_pause,
    apology_due_at,
    day_hours,
    due,
    extend,
    half_day,
    recompute,
    redate,
    remaining_minutes,
    restart,
    working_minutes_between,
)
from regulation.durations import Duration

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKDAYS = {day: ["07:00-11:30", "13:30-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")}
CALENDAR = WorkingCalendar(
    "t",
    date(2026, 1, 1),
    date(2026, 12, 31),
    Week.parse(WEEKDAYS),
    off=tuple(DayOff(date(2026, *on), "Quốc khánh", "National Day") for on in ((8, 31), (9, 1), (9, 2))),
    make_up=(MakeUpDay(date(2026, 8, 22)),),
)


def local(text: str) -> datetime:
    """An instant of Vietnamese local time: `08-28 16:00` of 2026."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZONE)


def pause(begins: str, ends: str, ground: str = "") -> Pause:
    """A finished pause."""
    return Pause(local(begins), local(ends), ground)


def ledger(
    rule: Rule = Rule.HOURS, received: str = "08-20 07:00", limit: str = "8 wh", *pauses: Pause
) -> Ledger:
    """A deadline on the synthetic calendar."""
    return due(rule, local(received), Duration.parse(limit), CALENDAR, pauses)


@pytest.mark.parametrize(
    ("pauses", "expected"),
    [
        ([("08-20 08:00", "08-20 09:00")], "08-21 08:00"),
        ([("08-20 11:00", "08-20 14:00")], "08-21 08:00"),
        ([("08-20 06:00", "08-20 07:00")], "08-20 17:00"),
        ([("08-20 11:30", "08-20 13:30")], "08-20 17:00"),
        ([("08-19 08:00", "08-20 08:00")], "08-21 08:00"),
        ([("08-20 17:00", "08-21 12:00")], "08-20 17:00"),
        ([("08-20 16:59", "08-21 07:00")], "08-21 07:01"),
        ([("08-20 09:00", "08-20 09:00")], "08-20 17:00"),
        ([("08-20 08:00", "08-20 09:00"), ("08-21 07:30", "08-21 08:00")], "08-21 08:30"),
        ([("08-20 08:00", "08-20 09:00"), ("08-21 08:00", "08-21 09:00")], "08-21 08:00"),
        ([("08-20 08:00", "08-20 10:00"), ("08-20 09:00", "08-20 11:00")], "08-21 10:00"),
        ([("08-20 08:00", "08-20 11:00"), ("08-20 09:00", "08-20 10:00")], "08-21 10:00"),
        ([("08-20 09:00", "08-20 10:00"), ("08-20 08:00", "08-20 09:00")], "08-21 09:00"),
        ([("08-20 08:00", "08-28 16:00")], "09-03 15:00"),
    ],
)
def test_working_minutes_inside_a_pause_are_not_consumed(
    pauses: list[tuple[str, str]], expected: str
) -> None:
    found = ledger(Rule.HOURS, "08-20 07:00", "8 wh", *(pause(*one) for one in pauses))
    assert found.due_at.astimezone(ZONE).strftime("%m-%d %H:%M") == expected


@pytest.mark.parametrize(
    ("rule", "limit", "expected"),
    [
        (Rule.WORKING_DAYS, "3 wd", "08-25 16:00"),
        (Rule.CALENDAR_DAYS, "4 d", "08-25 16:00"),
        (Rule.MONTHS, "1 month", "09-21 17:00"),
        (Rule.CLOCK_HOURS, "24 h", "08-22 15:00"),
        (Rule.WORKING_DAY_CLOCK_HOURS, "24 h", "08-22 15:00"),
    ],
)
def test_limits_in_days_move_by_the_working_time_of_the_pause(rule: Rule, limit: str, expected: str) -> None:
    paused = (
        [pause("08-20 11:00", "08-21 16:00")]
        if rule is not Rule.MONTHS
        else [pause("09-26 07:00", "09-27 17:00")]
    )
    found = ledger(rule, "08-20 10:00", limit, *paused)
    assert found.due_at.astimezone(ZONE).strftime("%m-%d %H:%M") == expected


def test_a_pause_that_has_not_ended_leaves_no_due_date() -> None:
    with pytest.raises(ClockStoppedError, match="2026-08-20T09:00"):
        ledger(Rule.HOURS, "08-20 07:00", "8 wh", Pause(local("08-20 09:00"), None, "chờ bổ sung"))


def test_a_pause_runs_forward_and_inside_the_calendar() -> None:
    with pytest.raises(PauseBackwardsError) as refused:
        ledger(Rule.HOURS, "08-20 07:00", "8 wh", pause("08-20 09:00", "08-20 08:59"))
    assert "(2026-08-20T08:59+07:00)" in refused.value.message("vi")
    for wrong in (
        Pause(local("01-01 00:00") - timedelta(1), local("01-02 00:00")),
        Pause(local("12-31 00:00"), local("12-31 00:00") + timedelta(2)),
    ):
        with pytest.raises(CalendarGapError):
            ledger(Rule.HOURS, "08-20 07:00", "8 wh", wrong)


def test_adding_a_pause_later_equals_having_known_it() -> None:
    one, two = pause("08-20 08:00", "08-20 09:00", "a"), pause("08-21 07:30", "08-21 08:00", "b")
    assert add_pause(add_pause(ledger(), one, CALENDAR), two, CALENDAR) == ledger(
        Rule.HOURS, "08-20 07:00", "8 wh", one, two
    )


def test_a_supplement_restarts_the_full_limit_and_remembers_the_first_run() -> None:
    first = ledger(Rule.WORKING_DAYS, "08-18 10:00", "3 wd", pause("08-19 08:00", "08-19 09:00"))
    again = restart(first, local("08-27 09:00"), CALENDAR, ground="bổ sung", paper="P-1")
    assert again.due_at == local("09-04 17:00")
    assert again.pauses == ()
    assert again.amount == first.amount
    assert again.restarts == (Restart(first.received_at, first.due_at, "bổ sung", "P-1"),)
    third = restart(again, local("09-07 09:00"), CALENDAR)
    assert [one.previous_due_at for one in third.restarts] == [first.due_at, again.due_at]
    assert recompute(third, CALENDAR) == third


def test_a_restart_keeps_the_policy_and_the_source_and_drops_the_extension() -> None:
    first = due(
        Rule.WORKING_DAYS,
        local("08-18 10:00"),
        Duration.parse("3 wd"),
        CALENDAR,
        (),
        "Đ.19",
        day_zero=DayZero.NEXT_WORKING_DAY,
    )
    extended = extend(first, local("08-26 17:00"), local("08-20 09:00"), CALENDAR)
    again = restart(extended, local("08-29 09:00"), CALENDAR)
    assert (again.source, again.day_zero, again.extension) == ("Đ.19", DayZero.NEXT_WORKING_DAY, None)
    assert again.due_at == local("09-08 17:00")
    assert again.restarts[0].previous_due_at == local("08-26 17:00")


def test_one_extension_moves_the_date_and_keeps_the_first_one() -> None:
    first = ledger(Rule.WORKING_DAYS, "08-18 10:00", "3 wd")
    longer = extend(
        first, local("08-26 17:00"), local("08-20 09:00"), CALENDAR, reason="xác minh", paper="P-2"
    )
    assert longer.due_at == local("08-26 17:00")
    assert longer.original_due_at == first.due_at == local("08-21 17:00")
    assert longer.extension == Extension(local("08-20 09:00"), local("08-26 17:00"), "xác minh", "P-2")
    assert recompute(longer, CALENDAR) == longer
    with pytest.raises(ExtensionUsedError):
        extend(longer, local("08-28 17:00"), local("08-20 09:00"), CALENDAR)


def test_an_extension_leads_forward_and_is_told_a_day_before() -> None:
    first = ledger(Rule.WORKING_DAYS, "08-18 10:00", "3 wd")
    with pytest.raises(ExtensionBackwardsError) as backwards:
        extend(first, first.due_at, local("08-20 09:00"), CALENDAR)
    assert "2026-08-21T17:00+07:00" in backwards.value.message("vi")
    assert extend(first, local("08-24 17:00"), local("08-20 17:00"), CALENDAR).due_at == local("08-24 17:00")
    with pytest.raises(ExtensionTooLateError) as late:
        extend(first, local("08-24 17:00"), local("08-20 17:01"), CALENDAR)
    assert (
        late.value.message("vi")
        == "Gia hạn phải thông báo chậm nhất 2026-08-20T17:00+07:00; thông báo lúc 2026-08-20T17:01+07:00 là muộn."
    )


@pytest.mark.parametrize(
    ("due_at", "latest"),
    [
        ("08-21 17:00", "08-20 17:00"),
        ("08-24 17:00", "08-22 17:00"),
        ("08-18 07:00", "08-17 17:00"),
        ("09-03 09:00", "08-28 17:00"),
        ("09-02 09:00", "08-28 17:00"),
        ("01-05 09:00", "01-02 17:00"),
    ],
)
def test_the_apology_goes_out_by_the_close_of_the_last_working_day_before(due_at: str, latest: str) -> None:
    assert apology_due_at(CALENDAR, local(due_at)) == local(latest)


def test_no_apology_date_exists_before_the_calendar_and_midnight_belongs_to_the_day_that_ends() -> None:
    with pytest.raises(CalendarGapError):
        apology_due_at(CALENDAR, local("01-01 17:00"))
    assert apology_due_at(CALENDAR, local("08-22 00:00")) == local("08-20 17:00")


def test_open_matters_are_dated_anew_after_the_calendar_changed() -> None:
    fair = CALENDAR.overlaid(label="t2", off=[DayOff(date(2026, 8, 21), "Lễ hội")])
    touched, untouched = (
        ledger(Rule.WORKING_DAYS, "08-18 10:00", "3 wd"),
        ledger(Rule.HOURS, "08-18 10:00", "2 wh"),
    )
    moved, stayed = redate([touched, untouched], fair)
    assert (moved.old, moved.new.due_at) == (touched, local("08-22 17:00"))
    assert moved.difference == timedelta(days=1)
    assert moved.new.calendar_version == fair.version
    assert stayed.difference == timedelta(0)
    back = redate([moved.new], CALENDAR)[0]
    assert back.difference == -timedelta(days=1)
    assert back.new == touched


def test_redating_keeps_pauses_hand_in_restarts_and_extension() -> None:
    kept = due(
        Rule.WORKING_DAYS,
        local("08-18 10:00"),
        Duration.parse("3 wd"),
        CALENDAR,
        [pause("08-19 08:00", "08-19 09:00", "g")],
        "Đ.19",
        handed_in=local("08-17 10:00"),
    )
    extended = extend(kept, local("08-28 17:00"), local("08-19 09:00"), CALENDAR)
    (one,) = redate([extended], CALENDAR)
    assert one.new == extended
    assert one.new.handed_in_at == local("08-17 10:00")


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("08-20 07:00", "08-20 17:00", 480),
        ("08-20 11:00", "08-20 14:00", 60),
        ("08-20 11:30", "08-20 13:30", 0),
        ("08-28 16:00", "09-03 08:00", 120),
        ("08-20 07:00", "08-20 07:00", 0),
        ("08-20 14:00", "08-20 11:00", -60),
        ("08-20 07:00", "08-20 07:01:59", 1),
        ("08-20 07:01:59", "08-20 07:00", -1),
        ("08-21 17:00", "08-24 07:00", 480),
    ],
)
def test_working_minutes_between_two_moments(start: str, end: str, minutes: int) -> None:
    assert working_minutes_between(CALENDAR, local(start), local(end)) == minutes


@pytest.mark.parametrize(
    ("now", "minutes"),
    [
        ("08-20 07:00", 480),
        ("08-20 16:59", 1),
        ("08-20 16:59:30", 0),
        ("08-20 17:00", 0),
        ("08-20 20:00", 0),
        ("08-21 07:00", 0),
        ("08-21 07:00:01", -1),
        ("08-21 08:00", -60),
    ],
)
def test_remaining_minutes_turn_negative_when_overdue(now: str, minutes: int) -> None:
    assert remaining_minutes(CALENDAR, local(now), local("08-20 17:00")) == minutes


def test_a_whole_year_has_as_many_minutes_as_its_days() -> None:
    first, last = local("01-01 00:00"), datetime(2027, 1, 1, tzinfo=ZONE)
    assert working_minutes_between(CALENDAR, first, last) == (261 - 3 + 1) * 480
    assert remaining_minutes(CALENDAR, first, last) == (261 - 3 + 1) * 480
    assert working_minutes_between(CALENDAR, last, first) == -(261 - 3 + 1) * 480


def test_half_a_day_is_half_of_the_hours_of_that_day() -> None:
    assert half_day(CALENDAR, date(2026, 8, 20)) == 240
    assert half_day(CALENDAR, date(2026, 8, 22)) == 240
    assert half_day(CALENDAR, date(2026, 9, 2)) == 0
    odd = WorkingCalendar("o", date(2026, 1, 1), date(2026, 1, 31), Week.parse({"mon": ["07:00-08:01"]}))
    assert half_day(odd, date(2026, 1, 5)) == 30


@pytest.mark.parametrize(
    ("week", "hours"),
    [
        ({"mon": ["07:30-11:30", "13:00-17:00"], "fri": ["07:30-11:30"]}, Fraction(8)),
        ({"mon": ["07:00-11:00", "13:00-16:00"]}, Fraction(7)),
        ({"mon": ["07:00-08:01"]}, Fraction(61, 60)),
        ({"tue": ["07:00-10:00"], "wed": ["07:00-11:00"]}, Fraction(3)),
    ],
)
def test_the_hours_of_an_ordinary_day_are_those_of_a_worked_monday(week, hours):
    days = date(2026, 1, 1), date(2026, 1, 31)
    assert day_hours(WorkingCalendar("o", *days, Week.parse(week))) == hours


def test_instants_come_back_in_utc() -> None:
    assert apology_due_at(CALENDAR, local("08-21 17:00")).tzinfo is UTC
