"""Every rule of counting at every boundary, on the synthetic calendar and on odd ones."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from regulation.calendar import CalendarGapError, DayOff, MakeUpDay, NaiveInstantError, Week, WorkingCalendar
from regulation.clock import (
    DayZero,
    FractionOfDayError,
    HandedInLaterError,
    Rule,
    WrongUnitError,
    due,
    rule_for,
)
from regulation.durations import Duration

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HOURS = ("07:00-11:30", "13:30-17:00")
WEEKDAYS = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), HOURS)


def calendar(periods: dict[str, tuple[str, ...]] | None = None) -> WorkingCalendar:
    """Monday to Friday, off 31/8–2/9/2026, Saturday 22/8/2026 worked."""
    return WorkingCalendar(
        "t",
        date(2026, 1, 1),
        date(2026, 12, 31),
        Week.parse(periods or WEEKDAYS),
        off=tuple(DayOff(date(2026, *on)) for on in ((8, 31), (9, 1), (9, 2))),
        make_up=(MakeUpDay(date(2026, 8, 22)),),
    )


CALENDAR = calendar()


def local(text: str) -> datetime:
    """An instant of Vietnamese local time: `08-28 16:00` of 2026."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZONE)


def due_text(
    rule: Rule, received: str, limit: str | None, cal: WorkingCalendar = CALENDAR, **more: object
) -> str:
    """The due minute, local: `08-28 17:00`."""
    amount = Duration.parse(limit) if limit else None
    answer = due(rule, local(received), amount, cal, **more).due_at  # type: ignore[arg-type]
    assert answer.tzinfo is UTC
    return answer.astimezone(ZONE).strftime("%m-%d %H:%M")


def check(rule: Rule, cases: Sequence[tuple[str, str, str]], cal: WorkingCalendar = CALENDAR) -> None:
    """Compare a table of (received, limit, due)."""
    got = [(received, limit, due_text(rule, received, limit, cal)) for received, limit, _ in cases]
    assert got == list(cases)


def test_working_hours_are_consumed_minute_by_minute() -> None:
    check(
        Rule.HOURS,
        [
            ("08-20 07:00", "1 wh", "08-20 08:00"),
            ("08-20 07:00", "4.5 wh", "08-20 11:30"),
            ("08-20 07:00", "8 wh", "08-20 17:00"),
            ("08-20 07:01", "4.5 wh", "08-20 13:31"),
            ("08-20 10:30", "4 wh", "08-20 16:30"),
            ("08-20 11:29", "0.5 wh", "08-20 13:59"),
            ("08-28 16:00", "4 wh", "09-03 10:00"),
            ("08-21 16:00", "4 wh", "08-22 10:00"),
            ("08-20 07:00", "0.25 wh", "08-20 07:15"),
            ("08-20 07:00", "1/3 wh", "08-20 07:20"),
        ],
    )


def test_a_limit_consumed_at_the_end_of_a_period_is_due_at_that_end() -> None:
    check(
        Rule.HOURS,
        [
            ("08-20 09:30", "2 wh", "08-20 11:30"),
            ("08-20 13:30", "3.5 wh", "08-20 17:00"),
            ("08-27 13:30", "11.5 wh", "08-28 17:00"),
            ("12-31 16:00", "1 wh", "12-31 17:00"),
        ],
    )


def test_what_arrives_outside_working_time_starts_at_the_next_period() -> None:
    check(
        Rule.HOURS,
        [
            ("08-20 06:59", "1 wh", "08-20 08:00"),
            ("08-20 11:30", "1 wh", "08-20 14:30"),
            ("08-20 12:15", "1 wh", "08-20 14:30"),
            ("08-20 17:00", "1 wh", "08-21 08:00"),
            ("08-20 23:59", "1 wh", "08-21 08:00"),
            ("08-29 10:00", "1 wh", "09-03 08:00"),
            ("09-02 23:00", "1 wh", "09-03 08:00"),
            ("08-22 10:00", "1 wh", "08-22 11:00"),
            ("01-01 00:00", "1 wh", "01-01 08:00"),
        ],
    )


def test_working_days_end_with_the_last_period_of_day_n() -> None:
    check(
        Rule.WORKING_DAYS,
        [
            ("08-18 07:00", "1 wd", "08-19 17:00"),
            ("08-18 17:00", "1 wd", "08-19 17:00"),
            ("08-18 00:00", "1 wd", "08-19 17:00"),
            ("08-18 23:59", "1 wd", "08-19 17:00"),
            ("08-21 10:00", "1 wd", "08-22 17:00"),
            ("08-21 10:00", "2 wd", "08-24 17:00"),
            ("08-28 10:00", "1 wd", "09-03 17:00"),
            ("08-28 10:00", "3 wd", "09-07 17:00"),
            ("08-31 10:00", "1 wd", "09-03 17:00"),
            ("12-30 10:00", "1 wd", "12-31 17:00"),
        ],
    )


def test_half_a_working_day_is_half_the_configured_hours_of_that_day() -> None:
    check(
        Rule.WORKING_DAYS,
        [
            ("08-20 07:00", "½ wd", "08-20 11:00"),
            ("08-20 10:00", "½ wd", "08-20 16:00"),
            ("08-20 15:00", "½ wd", "08-21 09:00"),
            ("08-20 18:00", "½ wd", "08-21 11:00"),
            ("08-29 10:00", "½ wd", "09-03 11:00"),
            ("08-20 10:00", "1½ wd", "08-22 11:00"),
            ("08-18 10:00", "1.25 wd", "08-20 09:00"),
        ],
    )
    short = calendar(WEEKDAYS | {"fri": ("08:00-11:00",)})
    check(
        Rule.WORKING_DAYS,
        [("08-21 08:00", "½ wd", "08-21 09:30"), ("08-19 09:00", "1½ wd", "08-21 09:30")],
        short,
    )


def test_the_day_zero_policy_is_said_and_changes_only_limits_in_days() -> None:
    late = {"day_zero": DayZero.NEXT_WORKING_DAY}
    assert due_text(Rule.WORKING_DAYS, "09-02 10:00", "1 wd") == "09-03 17:00"
    assert due_text(Rule.WORKING_DAYS, "09-02 10:00", "1 wd", **late) == "09-04 17:00"
    assert due_text(Rule.WORKING_DAYS, "08-20 18:00", "1 wd", **late) == "08-22 17:00"
    assert due_text(Rule.WORKING_DAYS, "08-20 12:00", "1 wd", **late) == "08-21 17:00"
    assert due_text(Rule.CALENDAR_DAYS, "09-02 10:00", "1 d", **late) == "09-04 17:00"
    assert due_text(Rule.HOURS, "09-02 10:00", "1 wh", **late) == "09-03 08:00"


def test_calendar_days_count_every_day_and_roll_off_a_day_off() -> None:
    check(
        Rule.CALENDAR_DAYS,
        [
            ("08-18 07:00", "1 d", "08-19 17:00"),
            ("08-18 23:59", "1 d", "08-19 17:00"),
            ("08-19 10:00", "3 d", "08-22 17:00"),
            ("08-19 10:00", "4 d", "08-24 17:00"),
            ("08-19 10:00", "10 d", "09-03 17:00"),
            ("08-19 10:00", "12 d", "09-03 17:00"),
            ("08-19 10:00", "15 d", "09-03 17:00"),
            ("08-19 10:00", "16 d", "09-04 17:00"),
        ],
    )


def test_months_end_on_the_same_date_or_the_last_of_the_month() -> None:
    check(
        Rule.MONTHS,
        [
            ("01-15 10:00", "1 month", "02-16 17:00"),
            ("01-14 10:00", "1 month", "02-16 17:00"),
            ("01-12 10:00", "1 month", "02-12 17:00"),
            ("01-31 10:00", "1 month", "03-02 17:00"),
            ("01-31 10:00", "2 months", "03-31 17:00"),
            ("01-31 10:00", "3 months", "04-30 17:00"),
            ("03-31 10:00", "8 months", "11-30 17:00"),
            ("01-31 10:00", "11 months", "12-31 17:00"),
            ("07-31 10:00", "1 month", "09-03 17:00"),
            ("01-02 10:00", "8 months", "09-03 17:00"),
        ],
    )


def test_a_month_from_the_end_of_january_knows_leap_years_and_years_count_twelve() -> None:
    years = WorkingCalendar("y", date(2023, 1, 1), date(2025, 12, 31), Week.parse(WEEKDAYS))
    cases = {
        ("2024-01-31", "1 month"): "2024-02-29",
        ("2023-01-31", "1 month"): "2023-02-28",
        ("2024-02-29", "1 year"): "2025-02-28",
        ("2023-12-29", "2 months"): "2024-02-29",
        ("2023-11-30", "½ year"): "2024-05-30",
    }
    for (received, limit), expected in cases.items():
        at = datetime.fromisoformat(f"{received}T10:00").replace(tzinfo=ZONE)
        assert (
            due(Rule.MONTHS, at, Duration.parse(limit), years).due_at.astimezone(ZONE).date().isoformat()
            == expected
        )


@pytest.mark.parametrize(
    ("received", "result", "transfer"),
    [
        ("08-20 06:00", "08-20 17:00", "08-20 17:00"),
        ("08-20 12:00", "08-20 17:00", "08-20 17:00"),
        ("08-20 14:59", "08-20 17:00", "08-20 17:00"),
        ("08-20 15:00", "08-20 17:00", "08-20 17:00"),
        ("08-20 15:00:01", "08-21 17:00", "08-21 07:00"),
        ("08-20 15:01", "08-21 17:00", "08-21 07:00"),
        ("08-20 17:00", "08-21 17:00", "08-21 07:00"),
        ("08-20 22:00", "08-21 17:00", "08-21 07:00"),
        ("08-21 15:01", "08-22 17:00", "08-22 07:00"),
        ("08-22 15:00", "08-22 17:00", "08-22 17:00"),
        ("08-28 15:01", "09-03 17:00", "09-03 07:00"),
        ("08-30 10:00", "09-03 17:00", "09-03 07:00"),
        ("09-02 16:00", "09-03 17:00", "09-03 07:00"),
        ("09-03 00:00", "09-03 17:00", "09-03 17:00"),
    ],
)
def test_the_two_rules_of_three_o_clock_differ_in_what_after_it_means(
    received: str, result: str, transfer: str
) -> None:
    assert due_text(Rule.SAME_DAY_15H, received, None) == result
    assert due_text(Rule.FORWARD_15H, received, None) == transfer


def test_three_o_clock_on_a_day_that_closes_earlier_means_its_close() -> None:
    short = calendar(WEEKDAYS | {"thu": ("07:00-11:30",)})
    received = ("08-20 11:29", "08-20 11:30", "08-20 12:00")
    assert [due_text(Rule.SAME_DAY_15H, at, None, short) for at in received] == [
        "08-20 11:30",
        "08-21 17:00",
        "08-21 17:00",
    ]
    assert [due_text(Rule.FORWARD_15H, at, None, short) for at in received] == [
        "08-20 11:30",
        "08-21 07:00",
        "08-21 07:00",
    ]


def test_the_rules_of_three_o_clock_take_no_amount() -> None:
    ledger = due(Rule.SAME_DAY_15H, local("08-20 10:00"), Duration.parse("3 wd"), CALENDAR)
    assert ledger.amount is None
    assert ledger.due_at == local("08-20 17:00")


def test_clock_hours_run_through_nights_and_days_off() -> None:
    check(
        Rule.CLOCK_HOURS,
        [
            ("08-28 16:00", "4 h", "08-28 20:00"),
            ("08-29 23:00", "24 h", "08-30 23:00"),
            ("09-01 12:15", "½ h", "09-01 12:45"),
        ],
    )


def test_clock_hours_on_working_days_end_at_the_same_time_of_the_next_working_day() -> None:
    check(
        Rule.WORKING_DAY_CLOCK_HOURS,
        [
            ("08-20 10:00", "24 h", "08-21 10:00"),
            ("08-28 10:00", "24 h", "09-03 10:00"),
            ("08-28 18:00", "24 h", "09-04 07:00"),
            ("08-29 10:00", "24 h", "09-04 07:00"),
            ("08-20 12:00", "24 h", "08-21 13:30"),
            ("08-20 10:00", "48 h", "08-22 10:00"),
        ],
    )


def test_each_unit_has_its_rule_and_each_rule_its_units() -> None:
    expected = {
        "4 wh": Rule.HOURS,
        "3 wd": Rule.WORKING_DAYS,
        "24 h": Rule.CLOCK_HOURS,
        "5 d": Rule.CALENDAR_DAYS,
        "1 month": Rule.MONTHS,
        "1 year": Rule.MONTHS,
    }
    assert {text: rule_for(Duration.parse(text)) for text in expected} == expected
    for rule in (
        Rule.HOURS,
        Rule.WORKING_DAYS,
        Rule.CALENDAR_DAYS,
        Rule.MONTHS,
        Rule.CLOCK_HOURS,
        Rule.WORKING_DAY_CLOCK_HOURS,
    ):
        fitting = {text for text in expected if not _refuses(rule, text)}
        assert (
            fitting == {"24 h"}
            if "clock" in rule
            else {text for text, one in expected.items() if one is rule}
        )
        with pytest.raises(WrongUnitError):
            due(rule, local("08-20 10:00"), None, CALENDAR)


def _refuses(rule: Rule, limit: str) -> bool:
    """Whether a rule refuses the unit of a limit."""
    try:
        due(rule, local("08-20 10:00"), Duration.parse(limit), CALENDAR)
    except WrongUnitError as refused:
        return refused.message("vi") == f"Quy tắc {rule.value} không tính theo {limit}."
    except CalendarGapError:
        return False
    return False


@pytest.mark.parametrize(
    ("rule", "limit"), [(Rule.CALENDAR_DAYS, "1.5 d"), (Rule.MONTHS, "½ month"), (Rule.MONTHS, "1/5 year")]
)
def test_days_and_months_of_the_calendar_are_not_divided(rule: Rule, limit: str) -> None:
    with pytest.raises(FractionOfDayError, match="whole numbers"):
        due(rule, local("08-20 10:00"), Duration.parse(limit), CALENDAR)


@pytest.mark.parametrize(
    ("rule", "received", "limit"),
    [
        (Rule.HOURS, "12-31 16:00", "1.25 wh"),
        (Rule.HOURS, "12-31 17:00", "1 wh"),
        (Rule.HOURS, "08-20 10:00", "99999999999999999999 wh"),
        (Rule.WORKING_DAYS, "12-31 10:00", "1 wd"),
        (Rule.WORKING_DAYS, "12-31 16:00", "½ wd"),
        (Rule.WORKING_DAYS, "08-20 10:00", "99999999999999999999 wd"),
        (Rule.CALENDAR_DAYS, "12-31 10:00", "1 d"),
        (Rule.CALENDAR_DAYS, "08-20 10:00", "99999999999999999999 d"),
        (Rule.MONTHS, "12-01 10:00", "1 month"),
        (Rule.MONTHS, "08-20 10:00", "99999999999999999999 month"),
        (Rule.CLOCK_HOURS, "12-31 20:00", "5 h"),
        (Rule.CLOCK_HOURS, "08-20 10:00", "99999999999999999999 h"),
        (Rule.SAME_DAY_15H, "12-31 15:01", None),
        (Rule.FORWARD_15H, "12-31 17:00", None),
    ],
)
def test_a_due_date_beyond_the_calendar_is_refused(rule: Rule, received: str, limit: str | None) -> None:
    with pytest.raises(CalendarGapError, match="cannot answer for 2027-01-01"):
        due_text(rule, received, limit)


def test_a_clock_limit_may_end_with_the_last_day_but_not_after_it() -> None:
    ledger = due(Rule.CLOCK_HOURS, local("12-31 20:00"), Duration.parse("4 h"), CALENDAR)
    assert ledger.due_at == datetime(2027, 1, 1, tzinfo=ZONE)
    assert [one.end for one in ledger.intervals] == [ledger.due_at]


def test_a_receipt_outside_the_calendar_or_without_zone_is_refused() -> None:
    for at in (datetime(2025, 12, 31, 23, 59, tzinfo=ZONE), datetime(2027, 1, 1, tzinfo=ZONE)):
        with pytest.raises(CalendarGapError):
            due(Rule.HOURS, at, Duration.parse("1 wh"), CALENDAR)
    with pytest.raises(NaiveInstantError):
        due(Rule.HOURS, datetime(2026, 8, 20, 10), Duration.parse("1 wh"), CALENDAR)  # noqa: DTZ001


def test_the_zone_of_the_given_instant_does_not_matter() -> None:
    at = local("08-28 16:00")
    for zone in ("UTC", "America/New_York", "Pacific/Kiritimati"):
        ledger = due(Rule.HOURS, at.astimezone(ZoneInfo(zone)), Duration.parse("4 wh"), CALENDAR)
        assert ledger == due(Rule.HOURS, at, Duration.parse("4 wh"), CALENDAR)
        assert ledger.received_at.tzinfo is UTC


def test_non_boundary_intake_starts_with_the_competent_authority() -> None:
    here, there = local("08-20 09:00"), local("08-21 09:00")
    ledger = due(Rule.HOURS, there, Duration.parse("4 wh"), CALENDAR, handed_in=here)
    assert ledger.due_at == local("08-21 15:00")
    assert (ledger.handed_in_at, ledger.received_at) == (here, there)
    assert due(Rule.HOURS, there, Duration.parse("4 wh"), CALENDAR, handed_in=there).due_at == ledger.due_at
    with pytest.raises(HandedInLaterError):
        due(Rule.HOURS, here, Duration.parse("4 wh"), CALENDAR, handed_in=there)
    with pytest.raises(CalendarGapError):
        due(Rule.HOURS, here, Duration.parse("4 wh"), CALENDAR, handed_in=here - timedelta(days=365))
