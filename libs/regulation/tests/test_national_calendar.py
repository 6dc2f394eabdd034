"""The national years say what the Labour Code and the yearly announcements say, and where they doubt."""

import re
from datetime import date, timedelta

import holidays
import pytest
from regulation.calendar import (
    NATIONAL_YEARS,
    CalendarGapError,
    DayKind,
    DayOff,
    MakeUpDay,
    WorkingCalendar,
    national,
    national_year,
)
from regulation.calendar.checks import check_year

# Known better than the seed: (only here, only in the package).
DIFFERENCES = {2026: ({date(2026, 1, 2)}, set())}


def days(first: tuple[int, int, int], last: tuple[int, int, int]) -> list[date]:
    """Every day from one to another."""
    begins = date(*first)
    return [begins + timedelta(n) for n in range((date(*last) - begins).days + 1)]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ((2019, 2, 4), (2019, 2, 8)),
        ((2020, 1, 23), (2020, 1, 29)),
        ((2021, 2, 10), (2021, 2, 16)),
        ((2022, 1, 31), (2022, 2, 4)),
        ((2023, 1, 20), (2023, 1, 26)),
        ((2024, 2, 8), (2024, 2, 14)),
        ((2025, 1, 27), (2025, 1, 31)),
        ((2026, 2, 16), (2026, 2, 20)),
        ((2027, 2, 4), (2027, 2, 10)),
        ((2021, 9, 2), (2021, 9, 3)),
        ((2022, 9, 1), (2022, 9, 2)),
        ((2024, 9, 2), (2024, 9, 3)),
        ((2025, 9, 1), (2025, 9, 2)),
        ((2026, 8, 29), (2026, 9, 2)),
        ((2026, 1, 1), (2026, 1, 4)),
        ((2026, 4, 25), (2026, 4, 27)),
        ((2023, 4, 29), (2023, 5, 3)),
        ((2024, 4, 27), (2024, 5, 1)),
    ],
)
def test_nobody_works_during_the_announced_breaks(
    first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    calendar = national()
    assert not any(calendar.periods_on(day) for day in days(first, last))
    before, after = date(*first) - timedelta(1), date(*last) + timedelta(1)
    assert calendar.periods_on(before) or before.weekday() >= 5
    assert calendar.periods_on(after) or after.weekday() >= 5


@pytest.mark.parametrize(
    ("worked", "instead_of"),
    [
        ((2019, 1, 5), (2018, 12, 31)),
        ((2019, 5, 4), (2019, 4, 29)),
        ((2024, 5, 4), (2024, 4, 29)),
        ((2025, 4, 26), (2025, 5, 2)),
        ((2026, 1, 10), (2026, 1, 2)),
        ((2026, 8, 22), (2026, 8, 31)),
    ],
)
def test_a_make_up_saturday_is_worked_instead_of_the_swapped_day(
    worked: tuple[int, int, int], instead_of: tuple[int, int, int]
) -> None:
    calendar, saturday = national(), date(*worked)
    assert saturday.weekday() == 5
    assert calendar.kind_of(saturday) is DayKind.MAKE_UP
    assert [str(period) for period in calendar.periods_on(saturday)] == ["07:30-11:30", "13:30-17:30"]
    swap = calendar.make_up_day(saturday)
    assert swap is not None
    assert swap.replaces == date(*instead_of)
    assert date(*instead_of).year == 2018 or calendar.kind_of(date(*instead_of)) is DayKind.OFF


@pytest.mark.parametrize("year", NATIONAL_YEARS)
def test_the_years_agree_with_the_holidays_package_but_for_what_we_know_better(year: int) -> None:
    theirs = holidays.country_holidays("VN", years=year)
    ours = {day.on for day in national().off if day.on.year == year}
    made_up = {day.on for day in national().make_up if day.on.year == year}
    more, less = DIFFERENCES.get(year, (set(), set()))
    assert ours - set(theirs) == more
    assert set(theirs) - ours == less
    assert {day for day in theirs.weekend_workdays if day.year == year} <= made_up


@pytest.mark.parametrize("year", NATIONAL_YEARS)
def test_every_year_passes_its_own_check_and_doubts_only_what_is_marked(year: int) -> None:
    found = check_year(national(), year)
    assert [one for one in found if one.wrong] == []
    assert [one.on for one in found] == [
        day.on for day in national().off if day.doubtful and day.on.year == year
    ]


def test_doubt_is_marked_where_no_paper_settles_the_day() -> None:
    doubtful = {day.on for day in national().off if day.doubtful}
    assert date(2026, 11, 24) in doubtful
    assert {date(2027, 2, 6), date(2027, 9, 2), date(2027, 9, 3), date(2027, 11, 24)} <= doubtful
    assert {day.year for day in doubtful} == {2026, 2027}


@pytest.mark.parametrize("year", NATIONAL_YEARS)
def test_every_day_of_a_year_names_its_paper_in_both_languages(year: int) -> None:
    content = national_year(year)
    assert content["year"] == year
    for day in content["off"]:
        assert day["vi"]
        assert day["en"]
        assert re.search(r"BLLĐ|CV|NQ|thông báo", day["source"])
        assert day["date"].year == year
    for day in content["make_up"] or ():
        assert day["source"]


def test_the_range_is_2019_to_2027_and_nothing_else_is_answered() -> None:
    calendar = national()
    assert calendar.kind_of(date(2019, 1, 1)) is DayKind.OFF
    assert calendar.kind_of(date(2027, 12, 31)) is DayKind.WORKING
    for day in (date(2018, 12, 31), date(2028, 1, 1)):
        with pytest.raises(CalendarGapError):
            calendar.kind_of(day)


def test_the_same_hours_give_the_same_calendar_and_other_hours_another_version() -> None:
    assert national() is national(
        {day: ["07:30-11:30", "13:30-17:30"] for day in ("mon", "tue", "wed", "thu", "fri")}
    )
    assert national({"mon": ["07:00-11:00"]}).version != national().version
    assert national().version.startswith("vn-1.1+")


def changed(
    *, drop: date | None = None, add: DayOff | None = None, swap: MakeUpDay | None = None
) -> WorkingCalendar:
    """The national calendar without a day, with another, or with another make-up day."""
    return national().overlaid(
        label="t", work=[drop] if drop else (), off=[add] if add else (), make_up=[swap] if swap else ()
    )


@pytest.mark.parametrize(
    ("calendar", "on", "words"),
    [
        (
            changed(drop=date(2026, 1, 1)),
            date(2026, 1, 1),
            ("thiếu ngày nghỉ: Tết Dương lịch", "missing holiday: New Year's Day"),
        ),
        (
            changed(drop=date(2026, 4, 30)),
            date(2026, 4, 30),
            ("thiếu ngày nghỉ: Ngày Chiến thắng", "missing holiday: Reunification Day"),
        ),
        (
            changed(drop=date(2026, 5, 1)),
            date(2026, 5, 1),
            ("thiếu ngày nghỉ: Ngày Quốc tế Lao động", "missing holiday: Labour Day"),
        ),
        (
            changed(drop=date(2026, 9, 2)),
            date(2026, 9, 2),
            ("thiếu ngày nghỉ: Quốc khánh", "missing holiday: National Day"),
        ),
        (
            changed(drop=date(2026, 9, 1)),
            date(2026, 9, 1),
            ("Quốc khánh phải nghỉ hai ngày", "National Day needs two days"),
        ),
        (
            changed(drop=date(2026, 2, 18)),
            date(2026, 1, 20),
            ("Tết Nguyên đán phải nghỉ năm ngày liền", "Lunar New Year needs five days in a row"),
        ),
        (
            changed(drop=date(2026, 8, 31)),
            date(2026, 8, 22),
            ("làm bù cho 2026-08-31 nhưng ngày đó không nghỉ", "pays for 2026-08-31, which is not off"),
        ),
        (
            changed(swap=MakeUpDay(date(2026, 3, 7))),
            date(2026, 3, 7),
            ("ngày làm bù không nêu ngày được nghỉ thay", "make-up day pays for no named day"),
        ),
        (
            changed(add=DayOff(date(2026, 3, 9), "Hội", "Fair")),
            date(2026, 3, 9),
            ("Hội: thiếu nguồn", "Fair: no source"),
        ),
    ],
)
def test_the_check_finds_what_is_wrong(calendar: WorkingCalendar, on: date, words: tuple[str, str]) -> None:
    (wrong,) = [one for one in check_year(calendar, 2026) if one.wrong]
    assert (wrong.on, wrong.vi, wrong.en) == (on, *words)


def test_the_check_misses_the_hung_kings() -> None:
    calendar = national().overlaid(label="t", work=[date(2025, 4, 7)])
    (wrong,) = [one for one in check_year(calendar, 2025) if one.wrong]
    assert (wrong.on, wrong.en) == (date(2025, 4, 1), "missing Hung Kings' Day")
    assert wrong.vi == "thiếu Giỗ Tổ Hùng Vương"


def test_the_check_names_a_make_up_day_in_doubt_and_sorts_by_date() -> None:
    swap = MakeUpDay(date(2026, 8, 22), date(2026, 8, 31), "CV", doubtful=True)
    found = check_year(changed(swap=swap, add=DayOff(date(2026, 11, 24), "x", "x", "", doubtful=True)), 2026)
    assert [(one.on, one.wrong, one.vi) for one in found] == [
        (date(2026, 8, 22), False, "† ngày làm bù chưa đối chiếu"),
        (date(2026, 11, 24), True, "x: thiếu nguồn"),
        (date(2026, 11, 24), False, "† x: "),
    ]


def test_national_day_had_one_day_only_before_2021() -> None:
    assert [one for one in check_year(national(), 2020) if one.wrong] == []
    assert national().kind_of(date(2020, 9, 3)) is DayKind.WORKING
