"""The table of cases: every rule, every boundary of the synthetic calendar, every reason to refuse a row."""

from collections.abc import Mapping
from datetime import date

import pytest
from regulation.calendar import CalendarGapError, DayOff, MakeUpDay, Week, WorkingCalendar
from regulation.clock import ClockError, DayZero, FractionOfDayError, PauseBackwardsError
from regulation.clock.batch import (
    COLUMNS,
    PauseMissingError,
    PauseNotExpectedError,
    UnknownRuleError,
    UnreadableMinuteError,
    UnreadableNumberError,
    due_of_row,
)
from regulation.durations import AmountNotPositiveError
from regulation.errors import RegulationError

WEEKDAYS = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), ("07:00-11:30", "13:30-17:00"))
CALENDAR = WorkingCalendar(
    "t",
    date(2026, 1, 1),
    date(2026, 12, 31),
    Week.parse(WEEKDAYS),
    off=tuple(DayOff(date(2026, *on)) for on in ((8, 31), (9, 1), (9, 2))),
    make_up=(MakeUpDay(date(2026, 8, 22)),),
)


def row(text: str) -> Mapping[str, str | None]:
    """One row of the table, from `rule,received,amount[,pause_from,pause_to]`."""
    return dict(zip(COLUMNS, ["1", *text.split(",")], strict=False))


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("hours,2026-08-27T09:00,4", "2026-08-27T15:00"),
        ("hours,2026-08-27T07:00,8", "2026-08-27T17:00"),
        ("hours,2026-08-28T16:30,4", "2026-09-03T10:30"),
        ("hours,2026-08-21T16:00,2", "2026-08-22T08:00"),
        ("hours,2026-08-27T11:45,0.5", "2026-08-27T14:00"),
        ("hours,2026-08-27T07:00,0.33", "2026-08-27T07:19"),
        ("hours,2026-08-27T07:00,.5", "2026-08-27T07:30"),
        ("hours,2026-08-27T07:00,2.125", "2026-08-27T09:07"),
        ("hours+pause,2026-08-27T09:00,4,2026-08-27T10:00,2026-08-27T11:00", "2026-08-27T16:00"),
        ("hours+pause,2026-08-27T09:00,4,2026-08-27T11:30,2026-08-27T13:30", "2026-08-27T15:00"),
        ("hours+pause,2026-08-28T09:00,8,2026-08-28T10:00,2026-09-03T10:00", "2026-09-04T09:00"),
        ("working_days,2026-08-28T10:00,1", "2026-09-03T17:00"),
        ("working_days,2026-08-31T10:00,1", "2026-09-03T17:00"),
        ("working_days,2026-08-21T10:00,1", "2026-08-22T17:00"),
        ("working_days,2026-08-27T07:00,0.5", "2026-08-27T11:00"),
        ("calendar_days,2026-08-27T10:00,4", "2026-09-03T17:00"),
        ("calendar_days,2026-08-27T10:00,7", "2026-09-03T17:00"),
        ("months,2026-01-31T10:00,1", "2026-03-02T17:00"),
        ("months,2026-03-31T10:00,1", "2026-04-30T17:00"),
        ("same_day_15h,2026-08-27T15:00,", "2026-08-27T17:00"),
        ("same_day_15h,2026-08-27T15:01,0", "2026-08-28T17:00"),
        ("same_day_15h,2026-08-28T15:01,1", "2026-09-03T17:00"),
        (" hours , 2026-08-27T09:00 , 4 ", "2026-08-27T15:00"),
    ],
)
def test_a_row_is_computed(case: str, expected: str) -> None:
    assert due_of_row(row(case), CALENDAR).isoformat(timespec="minutes") == expected


def test_case_fifteen_says_which_policy_it_follows() -> None:
    case = row("working_days,2026-09-02T10:00,1")
    assert due_of_row(case, CALENDAR).isoformat() == "2026-09-03T17:00:00"
    assert due_of_row(case, CALENDAR, DayZero.NEXT_WORKING_DAY).isoformat() == "2026-09-04T17:00:00"


@pytest.mark.parametrize(
    ("case", "error"),
    [
        ("weeks,2026-08-27T09:00,4", UnknownRuleError),
        ("HOURS,2026-08-27T09:00,4", UnknownRuleError),
        ("clock_hours,2026-08-27T09:00,4", UnknownRuleError),
        (",2026-08-27T09:00,4", UnknownRuleError),
        ("hours,2026-02-30T09:00,4", UnreadableMinuteError),
        ("hours,2026-08-27T24:01,4", UnreadableMinuteError),
        ("hours,2026-08-27,4", UnreadableMinuteError),
        ("hours,2026-08-27 09:00,4", UnreadableMinuteError),
        ("hours,2026-08-27T09:00:00,4", UnreadableMinuteError),
        ("hours,2026-08-27T09:00Z,4", UnreadableMinuteError),
        ("hours,0001-01-01T00:00,4", UnreadableMinuteError),
        ("hours,,4", UnreadableMinuteError),
        ("hours,2026-08-27T09:00,", UnreadableNumberError),
        ("hours,2026-08-27T09:00,four", UnreadableNumberError),
        ("hours,2026-08-27T09:00,4 wh", UnreadableNumberError),
        ("hours,2026-08-27T09:00,1e2", UnreadableNumberError),
        ("hours,2026-08-27T09:00,nan", UnreadableNumberError),
        ("same_day_15h,2026-08-27T09:00,x", UnreadableNumberError),
        ("hours,2026-08-27T09:00,0", AmountNotPositiveError),
        ("hours,2026-08-27T09:00,-4", AmountNotPositiveError),
        ("working_days,2026-08-27T09:00,0", AmountNotPositiveError),
        ("same_day_15h,2026-08-27T09:00,-1", AmountNotPositiveError),
        ("calendar_days,2026-08-27T09:00,1.5", FractionOfDayError),
        ("months,2026-08-27T09:00,0.5", FractionOfDayError),
        ("hours,2025-12-31T09:00,4", CalendarGapError),
        ("hours,2027-01-01T09:00,4", CalendarGapError),
        ("hours,2026-12-31T16:00,2", CalendarGapError),
        ("working_days,2026-12-31T09:00,1", CalendarGapError),
        ("calendar_days,2026-12-20T09:00,30", CalendarGapError),
        ("months,2026-12-20T09:00,1", CalendarGapError),
        ("same_day_15h,2026-12-31T15:01,", CalendarGapError),
        ("hours+pause,2026-08-27T09:00,4,,", PauseMissingError),
        ("hours+pause,2026-08-27T09:00,4,2026-08-27T10:00,", PauseMissingError),
        ("hours+pause,2026-08-27T09:00,4,,2026-08-27T10:00", PauseMissingError),
        ("hours+pause,2026-08-27T09:00,4,soon,2026-08-27T10:00", UnreadableMinuteError),
        ("hours+pause,2026-08-27T09:00,4,2026-08-27T10:00,later", UnreadableMinuteError),
        ("hours+pause,2026-08-27T09:00,4,2026-08-27T10:00,2026-08-27T09:59", PauseBackwardsError),
        ("hours+pause,2026-08-27T09:00,4,2026-08-27T10:00,2027-01-02T10:00", CalendarGapError),
        ("hours,2026-08-27T09:00,4,2026-08-27T10:00,2026-08-27T11:00", PauseNotExpectedError),
        ("working_days,2026-08-27T09:00,4,,2026-08-27T11:00", PauseNotExpectedError),
    ],
)
def test_a_row_that_cannot_be_computed_says_why(case: str, error: type[RegulationError]) -> None:
    with pytest.raises(error) as refused:
        due_of_row(row(case), CALENDAR)
    assert refused.type is error
    assert refused.value.message("vi") != refused.value.message("en")
    assert "{" not in refused.value.message("vi") + refused.value.message("en")


def test_the_reasons_name_the_column_and_the_text() -> None:
    with pytest.raises(UnreadableMinuteError, match="received: “x” is not a date"):
        due_of_row(row("hours,x,4"), CALENDAR)
    with pytest.raises(UnreadableMinuteError, match="pause_to: “y”"):
        due_of_row(row("hours+pause,2026-08-27T09:00,4,2026-08-27T10:00,y"), CALENDAR)
    with pytest.raises(UnreadableMinuteError, match="pause_from: “z”"):
        due_of_row(row("hours+pause,2026-08-27T09:00,4,z,2026-08-27T10:00"), CALENDAR)
    with pytest.raises(UnreadableNumberError, match="amount: “x”"):
        due_of_row(row("hours,2026-08-27T09:00,x"), CALENDAR)
    with pytest.raises(
        UnknownRuleError, match="hours, hours\\+pause, working_days, calendar_days, months, same_day_15h"
    ):
        due_of_row(row("weeks,2026-08-27T09:00,4"), CALENDAR)
    with pytest.raises(PauseNotExpectedError, match="The rule months takes no pause"):
        due_of_row(row("months,2026-08-27T09:00,4,z"), CALENDAR)


def test_missing_cells_are_empty_cells() -> None:
    assert (
        due_of_row({"rule": "same_day_15h", "received": "2026-08-27T09:00", "amount": None}, CALENDAR).hour
        == 17
    )
    with pytest.raises(ClockError):
        due_of_row({}, CALENDAR)
