"""A working calendar knows its hours, its days off and its own limits, and refuses everything else."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from regulation.calendar import (
    CalendarFileError,
    CalendarGapError,
    DayKind,
    DayOff,
    MakeUpDay,
    NaiveInstantError,
    Period,
    Season,
    Week,
    WorkingCalendar,
    from_yaml,
    national,
)

WEEKDAYS = {day: ["07:00-11:30", "13:30-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")}
WEEK = Week.parse(WEEKDAYS)
SYNTHETIC = """
zone: Asia/Ho_Chi_Minh
valid: [2026-01-01, 2026-12-31]
periods: {mon: ["07:00-11:30", "13:30-17:00"], tue: ["07:00-11:00"], fri: ["08:00-12:00"]}
off: [2026-08-31, 2026-09-01]
make_up: [2026-08-22]
"""


def calendar(**changes: object) -> WorkingCalendar:
    """A year of Monday to Friday, changed as asked."""
    values = {
        "label": "t",
        "valid_from": date(2026, 1, 1),
        "valid_to": date(2026, 12, 31),
        "week": WEEK,
    } | changes
    return WorkingCalendar(**values)  # type: ignore[arg-type]


def written(folder: Path, text: str) -> Path:
    """Write a calendar file."""
    path = folder / "cal.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_period_is_read_and_written() -> None:
    assert Period.parse(" 7:30 – 11:30 ") == Period(450, 690)
    assert str(Period(450, 690)) == "07:30-11:30"
    assert Period.parse("13:30-24:00") == Period(810, 1440)
    assert Period.parse("00:00-00:59") == Period(0, 59)


@pytest.mark.parametrize(
    "text", ["11:30-07:30", "07:30-07:30", "07:60-08:00", "07:00-08:60", "20:00-24:01", "morning", "7-11"]
)
def test_a_period_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="working period"):
        Period.parse(text)


def test_periods_of_a_day_stand_apart_and_in_order() -> None:
    assert Week.parse({"mon": ["07:00-11:00", "11:00-12:00"]}).days[0] == (Period(420, 660), Period(660, 720))
    for wrong in (["07:00-11:00", "10:59-12:00"], ["13:00-14:00", "07:00-08:00"]):
        with pytest.raises(ValueError, match="overlap or are out of order"):
            Week.parse({"mon": wrong})


def test_a_week_needs_known_weekdays_and_some_work() -> None:
    with pytest.raises(ValueError, match="unknown weekday fry, monday"):
        Week.parse({"monday": [], "fry": []})
    with pytest.raises(ValueError, match="no weekday"):
        Week.parse({"mon": []})
    assert Week.parse({"sat": ["07:00-11:00"], "sun": None}).days[5:] == ((Period(420, 660),), ())


@pytest.mark.parametrize(
    ("begins", "ends", "inside", "outside"),
    [
        ((4, 16), (10, 15), [(4, 16), (7, 1), (10, 15)], [(4, 15), (10, 16), (1, 1)]),
        ((10, 16), (4, 15), [(10, 16), (12, 31), (1, 1), (4, 15)], [(10, 15), (4, 16), (7, 1)]),
    ],
)
def test_a_season_may_cross_new_year(
    begins: tuple[int, int],
    ends: tuple[int, int],
    inside: list[tuple[int, int]],
    outside: list[tuple[int, int]],
) -> None:
    season = Season("s", begins, ends, WEEK)
    assert all(season.covers(date(2026, month, day)) for month, day in inside)
    assert not any(season.covers(date(2026, month, day)) for month, day in outside)


def test_hours_change_with_the_season_and_the_first_fitting_season_holds() -> None:
    summer = Season("summer", (4, 16), (10, 15), Week.parse({"thu": ["06:30-11:00"]}))
    later = Season("later", (10, 1), (10, 31), Week.parse({"thu": ["09:00-11:00"]}))
    cal = calendar(seasons=(summer, later))
    assert cal.periods_on(date(2026, 4, 9)) == WEEK.days[3]
    assert cal.periods_on(date(2026, 4, 16)) == (Period(390, 660),)
    assert cal.periods_on(date(2026, 10, 15)) == (Period(390, 660),)
    assert cal.periods_on(date(2026, 10, 22)) == (Period(540, 660),)
    assert cal.kind_of(date(2026, 4, 17)) is DayKind.WEEKLY_REST


def test_every_day_has_one_kind() -> None:
    cal = calendar(off=(DayOff(date(2026, 9, 2), "Quốc khánh"),), make_up=(MakeUpDay(date(2026, 8, 22)),))
    kinds = [cal.kind_of(date(2026, *on)) for on in ((9, 2), (8, 22), (9, 3), (9, 5))]
    assert kinds == [DayKind.OFF, DayKind.MAKE_UP, DayKind.WORKING, DayKind.WEEKLY_REST]
    assert cal.day_off(date(2026, 9, 2)) == DayOff(date(2026, 9, 2), "Quốc khánh")
    assert cal.day_off(date(2026, 9, 3)) is None
    assert cal.make_up_day(date(2026, 8, 22)) == MakeUpDay(date(2026, 8, 22))
    assert cal.make_up_day(date(2026, 8, 23)) is None
    assert cal.periods_on(date(2026, 9, 2)) == cal.periods_on(date(2026, 9, 5)) == ()


def test_a_make_up_day_works_with_the_periods_of_the_day_it_pays_for() -> None:
    week = Week.parse({"tue": ["07:00-11:00"], "wed": ["08:00-12:00"], "sat": ["09:00-10:00"]})
    saturday = date(2026, 8, 22)

    def periods(replaces: date | None) -> tuple[Period, ...]:
        return calendar(week=week, make_up=(MakeUpDay(saturday, replaces),)).periods_on(saturday)

    assert periods(date(2026, 9, 2)) == (Period(480, 720),)
    assert periods(None) == (Period(420, 660),), "unnamed: the first working weekday's"
    assert periods(date(2026, 8, 31)) == (Period(420, 660),), "a weekday without hours lends none"
    assert calendar(make_up=(MakeUpDay(saturday),)).periods_on(saturday) == WEEK.days[0]


def test_contradictions_are_refused() -> None:
    with pytest.raises(ValueError, match="lies after"):
        calendar(valid_from=date(2027, 1, 1))
    with pytest.raises(ValueError, match="2026-08-22 is both a day off and a make-up day"):
        calendar(off=(DayOff(date(2026, 8, 22)),), make_up=(MakeUpDay(date(2026, 8, 22)),))
    with pytest.raises(ValueError, match="2026-08-21 is a working weekday"):
        calendar(make_up=(MakeUpDay(date(2026, 8, 21)),))
    with pytest.raises(ValueError, match="changes its clock"):
        calendar(zone="Europe/Berlin")
    assert calendar(valid_from=date(2026, 12, 31)).days == 1


def test_a_make_up_day_may_fall_on_a_saturday_that_has_hours_of_its_own() -> None:
    week = Week.parse(WEEKDAYS | {"sat": ["07:00-11:00"]})
    cal = calendar(week=week, make_up=(MakeUpDay(date(2026, 8, 22)),))
    assert cal.periods_on(date(2026, 8, 22)) == WEEK.days[0]
    assert cal.periods_on(date(2026, 8, 29)) == (Period(420, 660),)


def test_nothing_is_answered_beyond_the_known_days() -> None:
    cal = calendar(label="demo")
    for day in (date(2025, 12, 31), date(2027, 1, 1)):
        with pytest.raises(CalendarGapError) as gap:
            cal.periods_on(day)
        assert (
            gap.value.message("vi")
            == f"Lịch làm việc demo chỉ có từ 2026-01-01 đến 2026-12-31; không trả lời được cho {day}."
        )
        assert (
            str(gap.value)
            == f"The working calendar demo covers 2026-01-01 to 2026-12-31; it cannot answer for {day}."
        )
    assert cal.kind_of(date(2026, 1, 1)) is DayKind.WORKING
    assert cal.kind_of(date(2026, 12, 31)) is DayKind.WORKING


def test_instants_are_aware_and_inside_the_calendar() -> None:
    cal = calendar()
    midnight = datetime(2025, 12, 31, 17, tzinfo=UTC)
    assert cal.tick_of(midnight) == 0
    assert cal.instant_of(0) == midnight
    with pytest.raises(NaiveInstantError, match="no time zone"):
        cal.tick_of(datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(CalendarGapError, match="cannot answer for 2025-12-31"):
        cal.tick_of(midnight - timedelta(microseconds=1))
    last = datetime(2026, 12, 31, 17, tzinfo=UTC)
    assert cal.instant_of(cal.tick_of(last, end=True)) == last
    with pytest.raises(CalendarGapError, match="cannot answer for 2027-01-01"):
        cal.tick_of(last)
    with pytest.raises(CalendarGapError):
        cal.tick_of(last + timedelta(microseconds=1), end=True)


def test_the_version_names_the_content_and_not_only_the_label() -> None:
    cal = calendar()
    assert cal.version.startswith("t+")
    assert cal.version == calendar(off=()).version
    others = [
        calendar(off=(DayOff(date(2026, 9, 2)),)),
        calendar(week=Week.parse({"mon": ["07:00-11:00"]})),
        calendar(valid_to=date(2026, 12, 30)),
        calendar(make_up=(MakeUpDay(date(2026, 8, 22)),)),
        calendar(make_up=(MakeUpDay(date(2026, 8, 22), date(2026, 8, 28)),)),
        calendar(seasons=(Season("s", (1, 1), (2, 1), WEEK),)),
        calendar(zone="Asia/Bangkok"),
    ]
    assert len({other.version for other in (cal, *others)}) == 8


def test_a_file_is_read_although_off_is_a_boolean_in_old_yaml(tmp_path: Path) -> None:
    cal = from_yaml(written(tmp_path, SYNTHETIC))
    assert cal.label == "cal"
    assert cal.zone == "Asia/Ho_Chi_Minh"
    assert (cal.valid_from, cal.valid_to) == (date(2026, 1, 1), date(2026, 12, 31))
    assert cal.kind_of(date(2026, 9, 1)) is DayKind.OFF
    assert cal.periods_on(date(2026, 8, 22)) == (Period(420, 690), Period(810, 1020))
    assert cal.kind_of(date(2026, 8, 26)) is DayKind.WEEKLY_REST


def test_a_file_may_name_papers_seasons_and_swaps(tmp_path: Path) -> None:
    text = """
valid: ["2026-01-01", 2026-12-31]
version: H42.1
note: giờ mùa hè
source: QĐ 1
periods: {mon: ["07:30-11:30"], thu: ["07:30-11:30"]}
seasons: [{name: hè, from: "04-16", to: "10-15", periods: {mon: ["07:00-11:00"]}}]
off: [{date: 2026-09-02, vi: Quốc khánh, en: National Day, source: BLLĐ, doubtful: true}, {date: 2026-01-01}]
make_up: [{date: 2026-08-22, replaces: 2026-08-27, source: CV, doubtful: true}, {date: 2026-08-29}]
"""
    cal = from_yaml(written(tmp_path, text))
    assert cal.label == "H42.1"
    assert cal.zone == "Asia/Ho_Chi_Minh"
    assert cal.off == (
        DayOff(date(2026, 9, 2), "Quốc khánh", "National Day", "BLLĐ", True),
        DayOff(date(2026, 1, 1)),
    )
    assert cal.make_up == (
        MakeUpDay(date(2026, 8, 22), date(2026, 8, 27), "CV", True),
        MakeUpDay(date(2026, 8, 29)),
    )
    assert cal.seasons == (Season("hè", (4, 16), (10, 15), Week.parse({"mon": ["07:00-11:00"]})),)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "not a mapping"),
        ("- 1", "not a mapping"),
        ("valid: [2026-01-01, 2026-12-31]", "missing key 'periods'"),
        ("periods: {mon: []}", "missing key 'valid'"),
        (SYNTHETIC + "holidays: []", "unknown key holidays"),
        (SYNTHETIC + "work: [2026-08-31]", "work has a meaning only"),
        (SYNTHETIC.replace("Ho_Chi_Minh", "Hanoi"), "unknown time zone Asia/Hanoi"),
        (SYNTHETIC.replace("2026-09-01", "2026-09-31"), "month"),
        (SYNTHETIC.replace("2026-09-01", "tomorrow"), "Invalid isoformat string: 'tomorrow'"),
        (SYNTHETIC.replace("2026-01-01", "2026-01-01 10:00:00"), "Invalid isoformat"),
        (SYNTHETIC.replace("valid: [2026-01-01, 2026-12-31]", "valid: [2026-01-01]"), "not enough values"),
        (SYNTHETIC.replace("valid: [2026-01-01, 2026-12-31]", "valid: 7"), "unpack"),
        ("extends: laos\nversion: 1", "extends knows only"),
        ("extends: national", "missing key 'version'"),
        ("a: [", "expected"),
    ],
)
def test_a_file_that_says_too_little_or_too_much_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(CalendarFileError) as refused:
        from_yaml(path)
    assert problem in str(refused.value)
    assert str(refused.value).startswith(f"Calendar {path}: ")
    assert refused.value.message("vi").startswith(f"Lịch {path}: không đọc được: ")


def test_a_missing_or_binary_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CalendarFileError, match="No such file"):
        from_yaml(tmp_path / "none.yaml")
    (tmp_path / "b.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CalendarFileError, match="decode"):
        from_yaml(tmp_path / "b.yaml")


def test_a_province_changes_the_national_calendar_and_leaves_it_alone(tmp_path: Path) -> None:
    text = """
extends: national
version: H42-2026.1
periods: {mon: ["07:00-11:30"], tue: ["07:00-11:30"], wed: ["07:00-11:30"], thu: ["07:00-11:30"], fri: ["07:00-11:30"]}
off: [{date: 2026-03-20, vi: Lễ hội Hoa Lư}, {date: 2026-09-01, vi: đổi tên}]
make_up: [{date: 2026-03-21, replaces: 2026-03-20}, {date: 2026-08-22, replaces: 2026-08-31, source: của tỉnh}]
work: [2026-11-24]
"""
    cal = from_yaml(written(tmp_path, text))
    assert cal.label == "H42-2026.1"
    assert cal.kind_of(date(2026, 11, 24)) is DayKind.WORKING
    assert cal.kind_of(date(2026, 3, 20)) is DayKind.OFF
    assert cal.periods_on(date(2026, 3, 21)) == (Period(420, 690),)
    assert [day.vi for day in cal.off if day.on == date(2026, 9, 1)] == ["đổi tên"]
    assert [day.source for day in cal.make_up if day.on == date(2026, 8, 22)] == ["của tỉnh"]
    assert cal.kind_of(date(2026, 1, 10)) is DayKind.MAKE_UP
    assert national().kind_of(date(2026, 11, 24)) is DayKind.OFF


def test_an_overlay_keeps_hours_and_seasons_unless_told_otherwise() -> None:
    summer = (Season("s", (4, 1), (9, 1), WEEK),)
    base = calendar(seasons=summer)
    assert base.overlaid(label="x").seasons == summer
    assert base.overlaid(label="x").week == WEEK
    assert base.overlaid(label="x", seasons=()).seasons == ()
    other = Week.parse({"mon": ["07:00-08:00"]})
    assert base.overlaid(label="x", week=other).week == other
