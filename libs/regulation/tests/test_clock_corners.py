"""Corners of the clock where one wrong sign would go unseen: keeping, touching pauses, midnight, odd days."""

import dataclasses
import json
import os
import time
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from regulation.calendar import DayOff, Week, WorkingCalendar
from regulation.clock import (
    DayZero,
    ExtensionBackwardsError,
    FractionOfDayError,
    HandedInLaterError,
    Interval,
    Ledger,
    Pause,
    PauseBackwardsError,
    Reason,
    Rule,
    apology_due_at,
    due,
    extend,
    recompute,
    remaining_minutes,
    restart,
)
from regulation.clock.batch import UnknownRuleError, due_of_row
from regulation.clock.by_profile import calendar_of, rule_of
from regulation.durations import AmountNotPositiveError, Duration
from regulation.profiles import Profile, load
from regulation.profiles.limits import Limit

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKDAYS = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), ("07:00-11:30", "13:30-17:00"))


def calendar(**periods: tuple[str, ...]) -> WorkingCalendar:
    """Monday to Friday with National Day off; made anew for every test."""
    off = tuple(DayOff(date(2026, 9, day), "Quốc khánh", "National Day") for day in (1, 2))
    return WorkingCalendar("t", date(2026, 1, 1), date(2026, 12, 31), Week.parse(WEEKDAYS | periods), off=off)


def all_day() -> WorkingCalendar:
    """A desk that never closes from Monday to Friday."""
    return calendar(**dict.fromkeys(WEEKDAYS, ("00:00-24:00",)))


def local(text: str) -> datetime:
    """An instant of Vietnamese local time: `08-28 16:00` of 2026."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZONE)


def ledger(
    rule: Rule,
    received: str,
    limit: str | None,
    *pauses: Pause,
    cal: WorkingCalendar | None = None,
    **more: object,
) -> Ledger:
    """A deadline."""
    amount = Duration.parse(limit) if limit else None
    return due(rule, local(received), amount, cal or calendar(), pauses, **more)  # type: ignore[arg-type]


def pause(begins: str, ends: str, ground: str = "") -> Pause:
    """A finished pause."""
    return Pause(local(begins), local(ends), ground)


def reasons(found: Ledger) -> list[Reason]:
    """The reasons of the lines, in order."""
    return [one.reason for one in found.intervals]


@pytest.fixture(params=["America/St_Johns", "Pacific/Kiritimati"])
def server_zone(request: pytest.FixtureRequest) -> Iterator[None]:
    """A server whose own zone is neither UTC nor Vietnam's."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield
    os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
    time.tzset()


def kept_case() -> Ledger:
    """A ledger with everything a ledger can hold."""
    first = ledger(Rule.WORKING_DAYS, "08-18 10:00", "3 wd", source="Đ.19", handed_in=local("08-17 10:00"))
    again = restart(first, local("08-19 09:00"), calendar(), ground="g", paper="p")
    with_pause = dataclasses.replace(
        again,
        pauses=(pause("08-20 08:00", "08-20 09:00", "x"),),
        handed_in_at=local("08-18 10:00"),
    )
    return extend(recompute(with_pause, calendar()), local("08-28 17:00"), local("08-21 09:00"), calendar())


@pytest.mark.usefixtures("server_zone")
def test_everything_kept_comes_back_as_the_same_value() -> None:
    found = kept_case()
    back = Ledger.from_dict(json.loads(json.dumps(found.to_dict())))
    for name in (field.name for field in dataclasses.fields(Ledger) if field.name != "calendar"):
        assert getattr(back, name) == getattr(found, name), name
    assert back.intervals == found.intervals
    assert back.handed_in_at == local("08-18 10:00")
    assert found.to_dict()["handed_in_at"] == "2026-08-18T03:00:00Z"
    assert found.to_dict()["pauses"][0]["start"] == "2026-08-20T01:00:00Z"


def test_a_ledger_without_amount_is_kept_without_amount() -> None:
    found = ledger(Rule.SAME_DAY_15H, "08-20 10:00", None)
    assert found.to_dict()["amount"] is None
    assert Ledger.from_dict(found.to_dict()).amount is None


@pytest.mark.usefixtures("server_zone")
def test_instants_in_a_ledger_are_utc_whatever_the_server() -> None:
    found = ledger(Rule.HOURS, "08-20 10:00", "1 wh", handed_in=local("08-19 10:00"))
    assert found.handed_in_at is not None
    assert [at.utcoffset() for at in (found.handed_in_at, found.received_at, found.due_at)] == [
        local("08-20 10:00").utcoffset() * 0
    ] * 3  # type: ignore[operator]
    assert due_of_row(
        {"rule": "hours", "received": "2026-08-20T10:00", "amount": "1"}, calendar()
    ) == datetime(2026, 8, 20, 11)  # noqa: DTZ001


def test_hashes_differ_where_results_do() -> None:
    assert len({hash(ledger(Rule.HOURS, f"08-20 {hour}:00", "1 wh")) for hour in (10, 14, 15)}) == 3


def test_defaults_are_empty_words() -> None:
    found = ledger(Rule.WORKING_DAYS, "08-18 10:00", "3 wd")
    longer = extend(found, local("08-28 17:00"), local("08-20 09:00"), calendar())
    again = restart(found, local("08-19 09:00"), calendar())
    assert found.source == ""
    assert longer.extension is not None
    assert (longer.extension.reason, longer.extension.paper) == ("", "")
    assert (again.restarts[0].ground, again.restarts[0].paper) == ("", "")


def test_counted_lines_carry_no_words_and_rests_carry_both_languages() -> None:
    found = ledger(Rule.HOURS, "08-31 16:00", "2 wh")
    assert found.intervals == (
        Interval(local("08-31 16:00"), local("08-31 17:00"), True, Reason.COUNTED, "", "", 60),
        Interval(local("08-31 17:00"), local("09-01 00:00"), False, Reason.OUTSIDE_HOURS, "", "", 0),
        Interval(
            local("09-01 00:00"), local("09-03 00:00"), False, Reason.OFF, "Quốc khánh", "National Day", 0
        ),
        Interval(local("09-03 00:00"), local("09-03 07:00"), False, Reason.OUTSIDE_HOURS, "", "", 0),
        Interval(local("09-03 07:00"), local("09-03 08:00"), True, Reason.COUNTED, "", "", 120),
    )
    rolled = ledger(Rule.CALENDAR_DAYS, "08-31 10:00", "1 d")
    assert rolled.intervals[1:] == (
        Interval(local("09-01 00:00"), local("09-02 00:00"), True, Reason.COUNTED, "", "", 1),
        Interval(
            local("09-02 00:00"), local("09-03 00:00"), False, Reason.OFF, "Quốc khánh", "National Day", 0
        ),
        Interval(
            local("09-03 00:00"),
            local("09-03 17:00"),
            False,
            Reason.LAST_DAY_OFF,
            "Quốc khánh",
            "National Day",
            0,
        ),
    )
    next_day = ledger(Rule.SAME_DAY_15H, "08-31 16:00", None)
    assert [(one.reason, one.vi, one.en, one.tally) for one in next_day.intervals] == [
        (Reason.AFTER_15H, "", "", 0),
        (Reason.OFF, "Quốc khánh", "National Day", 0),
        (Reason.CLOSING_DAY, "", "", 1),
    ]
    assert ledger(Rule.SAME_DAY_15H, "08-31 10:00", None).intervals[0].tally == 1
    assert reasons(ledger(Rule.CALENDAR_DAYS, "08-24 10:00", "1 d")) == [Reason.DAY_ZERO, Reason.COUNTED]
    assert reasons(ledger(Rule.MONTHS, "08-24 10:00", "1 month")) == [Reason.DAY_ZERO, Reason.COUNTED]


def test_clock_hours_start_with_their_receipt_even_at_an_opening() -> None:
    assert ledger(Rule.CLOCK_HOURS, "08-20 07:00", "1 h").intervals[0].start == local("08-20 07:00")
    at_opening = ledger(Rule.WORKING_DAY_CLOCK_HOURS, "08-20 07:00", "1 h")
    assert at_opening.intervals == (
        Interval(local("08-20 07:00"), local("08-20 08:00"), True, Reason.COUNTED, "", "", 60),
    )
    inside = ledger(Rule.WORKING_DAY_CLOCK_HOURS, "08-20 08:00", "1 h")
    assert [one.start for one in inside.intervals] == [local("08-20 08:00")]


def test_pauses_that_only_touch_working_time_leave_no_line() -> None:
    touching = ledger(Rule.HOURS, "08-20 07:00", "8 wh", pause("08-20 11:30", "08-20 13:30"))
    assert reasons(touching) == [Reason.COUNTED, Reason.OUTSIDE_HOURS, Reason.COUNTED]
    to_the_end = ledger(Rule.HOURS, "08-20 07:00", "8 wh", pause("08-20 10:00", "08-20 12:00"))
    assert reasons(to_the_end)[:3] == [Reason.COUNTED, Reason.PAUSED, Reason.OUTSIDE_HOURS]
    from_the_start = ledger(Rule.HOURS, "08-20 07:00", "8 wh", pause("08-20 13:00", "08-20 14:00"))
    assert reasons(from_the_start)[:4] == [
        Reason.COUNTED,
        Reason.OUTSIDE_HOURS,
        Reason.PAUSED,
        Reason.COUNTED,
    ]


def test_touching_pauses_become_one_with_both_grounds() -> None:
    found = ledger(
        Rule.HOURS,
        "08-20 07:00",
        "4 wh",
        pause("08-20 08:00", "08-20 09:00", "a"),
        pause("08-20 09:00", "08-20 10:00", "b"),
    )
    paused = [one for one in found.intervals if one.reason is Reason.PAUSED]
    assert [(one.start, one.end, one.vi, one.en) for one in paused] == [
        (local("08-20 08:00"), local("08-20 10:00"), "a; b", "a; b")
    ]
    same = ledger(
        Rule.HOURS,
        "08-20 07:00",
        "4 wh",
        pause("08-20 08:00", "08-20 09:00", "a"),
        pause("08-20 08:30", "08-20 10:00", "a"),
    )
    assert [one.vi for one in same.intervals if one.reason is Reason.PAUSED] == ["a"]


def test_a_pause_on_the_first_working_day_after_receipt_on_a_rest_day_counts() -> None:
    found = ledger(Rule.WORKING_DAYS, "08-22 10:00", "1 wd", pause("08-24 08:00", "08-24 09:00"))
    assert found.due_at == local("08-25 08:00"), "Saturday is day zero, Monday day one"


def test_a_pause_wholly_before_the_receipt_gives_nothing_back() -> None:
    plain = ledger(Rule.HOURS, "08-20 09:00", "4 wh")
    assert (
        ledger(Rule.HOURS, "08-20 09:00", "4 wh", pause("08-19 08:00", "08-19 10:00")).due_at == plain.due_at
    )
    assert (
        ledger(Rule.HOURS, "08-20 09:00", "4 wh", pause("08-20 08:00", "08-20 09:00")).due_at == plain.due_at
    )


def test_pauses_of_limits_in_days_are_listed_only_where_they_fell_into_the_limit() -> None:
    before, on_day_one = pause("08-20 08:00", "08-21 00:00", "v"), pause("08-21 08:00", "08-21 09:00", "g")
    found = ledger(Rule.WORKING_DAYS, "08-20 07:00", "1 wd", before, on_day_one)
    assert [(one.reason, one.vi, one.en) for one in found.intervals[2:]] == [
        (Reason.PAUSED, "g", "g"),
        (Reason.MADE_UP, "", ""),
    ]
    assert found.due_at == local("08-24 08:00")
    at_due = ledger(Rule.WORKING_DAYS, "08-20 07:00", "1 wd", pause("08-21 17:00", "08-24 09:00"))
    assert reasons(at_due) == [Reason.DAY_ZERO, Reason.COUNTED]


def test_the_next_working_day_policy_holds_for_lines_pauses_and_recomputation() -> None:
    late = {"day_zero": DayZero.NEXT_WORKING_DAY}
    found = ledger(Rule.WORKING_DAYS, "08-21 18:00", "1 wd", pause("08-24 08:00", "08-24 10:00"), **late)
    assert found.due_at == local("08-25 17:00"), "Monday is day zero: its pause takes nothing"
    assert [(one.reason, one.end) for one in found.intervals] == [
        (Reason.DAY_ZERO, local("08-25 00:00")),
        (Reason.COUNTED, local("08-25 17:00")),
    ]
    assert recompute(found, calendar()) == found
    moved = ledger(Rule.WORKING_DAYS, "08-21 18:00", "1 wd", pause("08-25 08:00", "08-25 10:00"), **late)
    assert moved.due_at == local("08-26 09:00")


def test_a_desk_that_never_closes_ends_its_days_at_midnight() -> None:
    always = all_day()
    same_day = ledger(Rule.SAME_DAY_15H, "08-20 10:00", None, cal=always)
    assert same_day.intervals == (
        Interval(local("08-20 10:00"), local("08-21 00:00"), True, Reason.CLOSING_DAY, "", "", 1),
    )
    next_day = ledger(Rule.SAME_DAY_15H, "08-20 16:00", None, cal=always)
    assert [(one.start, one.end) for one in next_day.intervals] == [
        (local("08-20 16:00"), local("08-21 00:00")),
        (local("08-21 00:00"), local("08-22 00:00")),
    ]
    transfer = ledger(Rule.FORWARD_15H, "08-20 16:00", None, cal=always)
    assert transfer.due_at == local("08-21 00:00")
    assert [one.reason for one in transfer.intervals] == [Reason.AFTER_15H, Reason.CLOSING_DAY]
    days = ledger(Rule.CALENDAR_DAYS, "08-20 10:00", "1 d", cal=always)
    assert (days.due_at, reasons(days)) == (local("08-22 00:00"), [Reason.DAY_ZERO, Reason.COUNTED])
    assert apology_due_at(always, days.due_at) == local("08-21 00:00")


def test_half_a_day_counts_each_day_as_one_however_short_it_is() -> None:
    odd = calendar(fri=("08:00-08:04",))
    assert ledger(Rule.WORKING_DAYS, "08-20 15:00", "½ wd", cal=odd).due_at == local("08-21 08:01")
    assert ledger(Rule.WORKING_DAYS, "08-20 13:00", "½ wd", cal=odd).due_at == local("08-21 08:00:15")
    assert ledger(Rule.WORKING_DAYS, "08-20 17:00", "½ wd", cal=odd).due_at == local("08-21 08:02")
    assert ledger(Rule.WORKING_DAYS, "08-20 17:00", "¾ wd", cal=odd).due_at == local("08-21 08:03")
    assert ledger(Rule.WORKING_DAYS, "08-20 08:00", "½ wd", cal=odd).due_at == local("08-20 14:00")
    last_day = [ledger(Rule.WORKING_DAYS, f"12-31 {at}", "½ wd").due_at for at in ("08:00", "11:00")]
    assert last_day == [local("12-31 14:00"), local("12-31 17:00")], "no next day is needed"


def test_the_last_midnight_of_the_calendar_may_be_asked_about() -> None:
    last = datetime(2027, 1, 1, tzinfo=ZONE)
    assert remaining_minutes(calendar(), last, local("12-31 16:00")) == -60
    assert apology_due_at(calendar(), last) == local("12-30 17:00")
    whole = due(Rule.CLOCK_HOURS, local("12-30 12:00"), Duration.parse("24 h"), calendar())
    assert extend(whole, last, local("12-29 09:00"), calendar()).due_at == last
    to_the_end = due(Rule.CLOCK_HOURS, local("12-31 00:00"), Duration.parse("24 h"), calendar())
    with pytest.raises(ExtensionBackwardsError):
        extend(to_the_end, local("12-31 12:00"), local("12-29 09:00"), calendar())


def test_refusals_name_what_they_refuse() -> None:
    with pytest.raises(FractionOfDayError, match=r"got 1\.5 d"):
        ledger(Rule.CALENDAR_DAYS, "08-20 10:00", "1.5 d")
    with pytest.raises(UnknownRuleError, match="no rule “weeks”"):
        due_of_row({"rule": "weeks"}, calendar())
    with pytest.raises(AmountNotPositiveError, match="got -1"):
        due_of_row({"rule": "same_day_15h", "received": "2026-08-20T10:00", "amount": "-1"}, calendar())
    with pytest.raises(HandedInLaterError) as handed_in:
        ledger(Rule.HOURS, "08-20 10:00", "1 wh", handed_in=local("08-21 10:00"))
    assert "2026-08-20T10:00:00+07:00) before it was handed in (2026-08-21T10:00:00+07:00" in str(
        handed_in.value
    )
    with pytest.raises(PauseBackwardsError, match=r"2026-08-20T10:00.*before it starts .2026-08-20T11:00"):
        ledger(Rule.HOURS, "08-20 10:00", "1 wh", pause("08-20 11:00", "08-20 10:00"))
    found = ledger(Rule.WORKING_DAYS, "08-18 10:00", "3 wd")
    with pytest.raises(
        ExtensionBackwardsError,
        match=r"\(2026-08-20T10:00\+07:00\) must lie after the old one \(2026-08-21T17:00",
    ):
        extend(found, local("08-20 10:00"), local("08-19 10:00"), calendar())


def test_a_begun_minute_is_cut_off_in_tables() -> None:
    row = {"rule": "hours", "received": "2026-08-20T10:00", "amount": "0.333"}
    assert due_of_row(row, calendar()) == datetime(2026, 8, 20, 10, 19)  # noqa: DTZ001
    assert due_of_row(row | {"amount": "0.0000001"}, calendar()) == datetime(2026, 8, 20, 10)  # noqa: DTZ001


def changed(key: str, value: object) -> Profile:
    """Thái Nguyên's profile with one value of another kind."""
    profile = load("thai-nguyen")
    leaf = dataclasses.replace(profile.get(key), value=value, usual=load("ninh-binh").get(key).value)  # type: ignore[arg-type]
    return dataclasses.replace(profile, leaves={**profile.leaves, key: leaf})


def test_the_hours_of_a_profile_are_the_hours_of_its_calendar() -> None:
    profile = changed("calendar.working_periods", dict.fromkeys(WEEKDAYS, ("06:00-10:00",)))
    assert [str(period) for period in calendar_of(profile).periods_on(date(2026, 8, 20))] == ["06:00-10:00"]


@pytest.mark.parametrize("word", ["national", "promptly"])
def test_a_word_without_a_number_borrows_the_default_with_its_rule(word: str) -> None:
    assert rule_of(changed("intake.forward_deadline", Limit.parse(word)), "intake.forward_deadline") == (
        Rule.FORWARD_15H,
        None,
    )
