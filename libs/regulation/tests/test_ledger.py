"""A ledger tells how its date came about, in both languages, and keeps its lines."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from regulation.calendar import DayOff, MakeUpDay, Week, WorkingCalendar
from regulation.clock import DayZero, Interval, Ledger, Pause, Reason, Row, Rule, due, extend, restart
from regulation.clock.wording import instant_words, minutes_words
from regulation.durations import Duration

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKDAYS = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), ("07:00-11:30", "13:30-17:00"))
OFF = (
    DayOff(date(2026, 8, 31), "Ngày nghỉ hoán đổi", "Swapped day off"),
    DayOff(date(2026, 9, 1), "Quốc khánh", "National Day"),
    DayOff(date(2026, 9, 2), "Quốc khánh", "National Day"),
    DayOff(date(2026, 4, 30)),
)
CALENDAR = WorkingCalendar(
    "t",
    date(2026, 1, 1),
    date(2026, 12, 31),
    Week.parse(WEEKDAYS),
    off=OFF,
    make_up=(MakeUpDay(date(2026, 8, 22)),),
)


def local(text: str) -> datetime:
    """An instant of Vietnamese local time: `08-28 16:00` of 2026."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZONE)


def ledger(rule: Rule, received: str, limit: str | None, *pauses: Pause, **more: object) -> Ledger:
    """A deadline on the synthetic calendar."""
    amount = Duration.parse(limit) if limit else None
    return due(rule, local(received), amount, CALENDAR, pauses, **more)  # type: ignore[arg-type]


def lines(found: Ledger, lang: str = "vi") -> list[tuple[str, str, bool, str]]:
    """The printed rows as plain tuples."""
    return [(row.start, row.end, row.counted, row.text) for row in found.explain(lang).rows]


SENTENCES = [
    (
        lambda: ledger(Rule.HOURS, "08-28 16:00", "4 wh", source="TN Đ.11.3.a"),
        "Nhận lúc 16:00 thứ Sáu ngày 28/08/2026; thời hạn 4 giờ làm việc; không tính ngày nghỉ lễ: Ngày nghỉ "
        "hoán đổi, Quốc khánh; hạn cuối là 10:00 thứ Năm ngày 03/09/2026. Căn cứ: TN Đ.11.3.a.",
        "Received at 16:00 on Friday 28 August 2026; limit 4 working hours; days off not counted: Swapped "
        "day off, National Day; due by 10:00 on Thursday 3 September 2026. Source: TN Đ.11.3.a.",
    ),
    (
        lambda: ledger(Rule.HOURS, "08-20 18:00", "1 wh"),
        "Nhận lúc 18:00 thứ Năm ngày 20/08/2026; thời hạn 1 giờ làm việc, tính từ 07:00 thứ Sáu ngày "
        "21/08/2026 vì nhận ngoài giờ làm việc; hạn cuối là 08:00 thứ Sáu ngày 21/08/2026.",
        "Received at 18:00 on Thursday 20 August 2026; limit 1 working hour, counted from 07:00 on Friday 21 "
        "August 2026 because it arrived outside working hours; due by 08:00 on Friday 21 August 2026.",
    ),
    (
        lambda: ledger(Rule.WORKING_DAYS, "08-22 10:00", "1 wd"),
        "Nhận lúc 10:00 thứ Bảy ngày 22/08/2026; thời hạn 1 ngày làm việc, không tính ngày nhận; hạn cuối là "
        "17:00 thứ Hai ngày 24/08/2026.",
        "Received at 10:00 on Saturday 22 August 2026; limit 1 working day, the day of receipt not counted; "
        "due by 17:00 on Monday 24 August 2026.",
    ),
    (
        lambda: ledger(Rule.WORKING_DAYS, "08-23 10:00", "1 wd", day_zero=DayZero.NEXT_WORKING_DAY),
        "Nhận lúc 10:00 Chủ nhật ngày 23/08/2026; thời hạn 1 ngày làm việc, coi như nhận lúc 07:00 thứ Hai "
        "ngày 24/08/2026 vì đến ngoài giờ làm việc, không tính ngày này; hạn cuối là 17:00 thứ Ba ngày "
        "25/08/2026.",
        "Received at 10:00 on Sunday 23 August 2026; limit 1 working day, taken as received at 07:00 on "
        "Monday 24 August 2026 because it arrived outside working hours, that day not counted; due by 17:00 "
        "on Tuesday 25 August 2026.",
    ),
    (
        lambda: ledger(Rule.WORKING_DAYS, "08-24 10:00", "1 wd", day_zero=DayZero.NEXT_WORKING_DAY),
        "Nhận lúc 10:00 thứ Hai ngày 24/08/2026; thời hạn 1 ngày làm việc, không tính ngày nhận; hạn cuối là "
        "17:00 thứ Ba ngày 25/08/2026.",
        "Received at 10:00 on Monday 24 August 2026; limit 1 working day, the day of receipt not counted; "
        "due by 17:00 on Tuesday 25 August 2026.",
    ),
    (
        lambda: ledger(Rule.CALENDAR_DAYS, "08-20 10:00", "11 d"),
        "Nhận lúc 10:00 thứ Năm ngày 20/08/2026; thời hạn 11 ngày, không tính ngày nhận; ngày cuối trùng "
        "ngày nghỉ nên chuyển sang ngày làm việc tiếp theo; hạn cuối là 17:00 thứ Năm ngày 03/09/2026.",
        "Received at 10:00 on Thursday 20 August 2026; limit 11 calendar days, the day of receipt not "
        "counted; the last day is off, so the next working day holds; due by 17:00 on Thursday 3 September "
        "2026.",
    ),
    (
        lambda: ledger(Rule.MONTHS, "01-12 10:00", "1 month"),
        "Nhận lúc 10:00 thứ Hai ngày 12/01/2026; thời hạn 1 tháng, không tính ngày nhận; hạn cuối là 17:00 "
        "thứ Năm ngày 12/02/2026.",
        "Received at 10:00 on Monday 12 January 2026; limit 1 month, the day of receipt not counted; due by "
        "17:00 on Thursday 12 February 2026.",
    ),
    (
        lambda: ledger(Rule.SAME_DAY_15H, "08-20 15:00", None),
        "Nhận lúc 15:00 thứ Năm ngày 20/08/2026; trả kết quả ngay trong ngày; hạn cuối là 17:00 thứ Năm ngày "
        "20/08/2026.",
        "Received at 15:00 on Thursday 20 August 2026; result within the same day; due by 17:00 on Thursday "
        "20 August 2026.",
    ),
    (
        lambda: ledger(Rule.SAME_DAY_15H, "08-30 10:00", None),
        "Nhận lúc 10:00 Chủ nhật ngày 30/08/2026; nhận vào ngày nghỉ nên trả kết quả trong ngày làm việc "
        "tiếp theo; không tính ngày nghỉ lễ: Ngày nghỉ hoán đổi, Quốc khánh; hạn cuối là 17:00 thứ Năm ngày "
        "03/09/2026.",
        "Received at 10:00 on Sunday 30 August 2026; received on a day off, so the result is due by the end "
        "of the next working day; days off not counted: Swapped day off, National Day; due by 17:00 on "
        "Thursday 3 September 2026.",
    ),
    (
        lambda: ledger(Rule.FORWARD_15H, "08-20 15:01", None, handed_in=local("08-19 09:00")),
        "Nộp lúc 09:00 thứ Tư ngày 19/08/2026, cơ quan có thẩm quyền nhận lúc 15:01 thứ Năm ngày 20/08/2026 "
        "và thời hạn tính từ lúc này; nhận sau 15:00 hoặc sau giờ làm việc nên chuyển vào đầu ngày làm việc "
        "tiếp theo; hạn cuối là 07:00 thứ Sáu ngày 21/08/2026.",
        "Handed in at 09:00 on Wednesday 19 August 2026; the limit starts with the competent authority's "
        "receipt at 15:01 on Thursday 20 August 2026; received after 15:00 or after closing time, so the "
        "transfer is due at the start of the next working day; due by 07:00 on Friday 21 August 2026.",
    ),
    (
        lambda: ledger(Rule.FORWARD_15H, "08-20 10:00", None),
        "Nhận lúc 10:00 thứ Năm ngày 20/08/2026; chuyển ngay trong ngày làm việc; hạn cuối là 17:00 thứ Năm "
        "ngày 20/08/2026.",
        "Received at 10:00 on Thursday 20 August 2026; transfer within the same working day; due by 17:00 on "
        "Thursday 20 August 2026.",
    ),
    (
        lambda: ledger(Rule.HOURS, "04-29 16:00", "2 wh", Pause(local("04-29 16:15"), local("04-29 16:45"))),
        "Nhận lúc 16:00 thứ Tư ngày 29/04/2026; thời hạn 2 giờ làm việc; không tính ngày nghỉ lễ: theo lịch "
        "làm việc; không tính 30 phút tạm dừng; hạn cuối là 08:30 thứ Sáu ngày 01/05/2026.",
        "Received at 16:00 on Wednesday 29 April 2026; limit 2 working hours; days off not counted: by the "
        "working calendar; 30 minutes of pause not counted; due by 08:30 on Friday 1 May 2026.",
    ),
]


@pytest.mark.parametrize(("ask", "vi", "en"), SENTENCES)
def test_one_sentence_says_how_the_date_came_about(ask: Callable[[], Ledger], vi: str, en: str) -> None:
    found = ask()
    assert found.explain("vi").sentence == vi
    assert found.explain().sentence == vi
    assert found.explain("en").sentence == en


def test_the_lines_of_working_hours_name_what_was_not_counted() -> None:
    found = ledger(
        Rule.HOURS, "08-28 11:00", "4 wh", Pause(local("08-28 13:00"), local("08-28 14:00"), "chờ bổ sung")
    )
    assert lines(found) == [
        ("28/08/2026 11:00", "28/08/2026 11:30", True, "Có tính, cộng dồn 30 phút"),
        ("28/08/2026 11:30", "28/08/2026 13:30", False, "Ngoài giờ làm việc"),
        ("28/08/2026 13:30", "28/08/2026 14:00", False, "Tạm dừng: chờ bổ sung"),
        ("28/08/2026 14:00", "28/08/2026 17:00", True, "Có tính, cộng dồn 3 giờ 30 phút"),
        ("28/08/2026 17:00", "29/08/2026 00:00", False, "Ngoài giờ làm việc"),
        ("29/08/2026 00:00", "31/08/2026 00:00", False, "Nghỉ hằng tuần"),
        ("31/08/2026 00:00", "01/09/2026 00:00", False, "Nghỉ lễ: Ngày nghỉ hoán đổi"),
        ("01/09/2026 00:00", "03/09/2026 00:00", False, "Nghỉ lễ: Quốc khánh"),
        ("03/09/2026 00:00", "03/09/2026 07:00", False, "Ngoài giờ làm việc"),
        ("03/09/2026 07:00", "03/09/2026 07:30", True, "Có tính, cộng dồn 4 giờ"),
    ]
    assert [text for *_, text in lines(found, "en")] == [
        "Counted, 30 minutes so far",
        "Outside working hours",
        "Paused: chờ bổ sung",
        "Counted, 3 hours 30 minutes so far",
        "Outside working hours",
        "Weekly rest",
        "Day off: Swapped day off",
        "Day off: National Day",
        "Outside working hours",
        "Counted, 4 hours so far",
    ]


def test_the_lines_of_working_days_number_the_days_and_make_up_for_pauses() -> None:
    found = ledger(
        Rule.WORKING_DAYS, "08-27 10:00", "2 wd", Pause(local("08-28 16:00"), local("08-28 17:00"))
    )
    assert lines(found) == [
        ("27/08/2026 10:00", "28/08/2026 00:00", False, "Ngày nhận, không tính vào thời hạn"),
        ("28/08/2026 07:00", "28/08/2026 17:00", True, "Ngày làm việc thứ 1"),
        ("29/08/2026 00:00", "31/08/2026 00:00", False, "Nghỉ hằng tuần"),
        ("31/08/2026 00:00", "01/09/2026 00:00", False, "Nghỉ lễ: Ngày nghỉ hoán đổi"),
        ("01/09/2026 00:00", "03/09/2026 00:00", False, "Nghỉ lễ: Quốc khánh"),
        ("03/09/2026 07:00", "03/09/2026 17:00", True, "Ngày làm việc thứ 2"),
        ("28/08/2026 16:00", "28/08/2026 17:00", False, "Tạm dừng: theo yêu cầu"),
        ("03/09/2026 17:00", "04/09/2026 08:00", True, "Bù thời gian tạm dừng: 1 giờ"),
    ]
    assert "không tính 1 giờ tạm dừng" in found.explain("vi").sentence
    assert [text for *_, text in lines(found, "en")][::7] == [
        "Day of receipt, not counted",
        "Makes up for the pause: 1 hour",
    ]
    assert [text for *_, text in lines(found, "en")][1] == "Working day 1"
    assert [text for *_, text in lines(found, "en")][6] == "Paused: on request"


def test_a_pause_that_took_nothing_is_not_spoken_of() -> None:
    on_day_zero = Pause(local("08-27 08:00"), local("08-27 17:00"), "g")
    at_night = Pause(local("08-27 18:00"), local("08-28 06:00"), "g")
    found = ledger(Rule.WORKING_DAYS, "08-27 07:00", "1 wd", on_day_zero, at_night)
    assert found.due_at == local("08-28 17:00")
    assert "tạm dừng" not in found.explain("vi").sentence
    assert [one.reason for one in found.intervals] == [Reason.DAY_ZERO, Reason.COUNTED, Reason.PAUSED]


def test_the_lines_of_calendar_days_show_the_roll_to_the_next_working_day() -> None:
    assert lines(ledger(Rule.CALENDAR_DAYS, "08-20 10:00", "10 d")) == [
        ("20/08/2026 10:00", "21/08/2026 00:00", False, "Ngày nhận, không tính vào thời hạn"),
        ("21/08/2026 00:00", "31/08/2026 00:00", True, "Có tính, 10 ngày theo lịch"),
        ("31/08/2026 00:00", "01/09/2026 00:00", False, "Nghỉ lễ: Ngày nghỉ hoán đổi"),
        ("01/09/2026 00:00", "03/09/2026 00:00", False, "Nghỉ lễ: Quốc khánh"),
        (
            "03/09/2026 00:00",
            "03/09/2026 17:00",
            False,
            "Ngày cuối trùng ngày nghỉ (nghỉ hằng tuần), chuyển sang ngày làm việc tiếp theo",
        ),
    ]
    on_holiday = ledger(Rule.CALENDAR_DAYS, "09-01 10:00", "1 d")
    assert [text for *_, text in lines(on_holiday, "en")] == [
        "Day of receipt, not counted",
        "1 calendar day counted",
        "The last day is off (National Day), moved to the next working day",
    ]
    assert lines(ledger(Rule.CALENDAR_DAYS, "08-20 10:00", "1 d"))[1] == (
        "21/08/2026 00:00",
        "21/08/2026 17:00",
        True,
        "Có tính, 1 ngày theo lịch",
    )


def test_the_lines_of_the_rules_of_three_o_clock() -> None:
    assert lines(ledger(Rule.SAME_DAY_15H, "08-20 09:00", None)) == [
        ("20/08/2026 09:00", "20/08/2026 17:00", True, "Ngày đến hạn")
    ]
    assert lines(ledger(Rule.FORWARD_15H, "08-28 15:30", None)) == [
        (
            "28/08/2026 15:30",
            "29/08/2026 00:00",
            False,
            "Nhận sau 15:00 hoặc sau giờ làm việc, chuyển sang ngày làm việc tiếp theo",
        ),
        ("29/08/2026 00:00", "31/08/2026 00:00", False, "Nghỉ hằng tuần"),
        ("31/08/2026 00:00", "01/09/2026 00:00", False, "Nghỉ lễ: Ngày nghỉ hoán đổi"),
        ("01/09/2026 00:00", "03/09/2026 00:00", False, "Nghỉ lễ: Quốc khánh"),
        ("03/09/2026 00:00", "03/09/2026 07:00", True, "Ngày đến hạn"),
    ]
    assert [text for *_, text in lines(ledger(Rule.SAME_DAY_15H, "08-29 09:00", None), "en")][::4] == [
        "Weekly rest"
    ]
    paused = ledger(
        Rule.SAME_DAY_15H, "08-20 09:00", None, Pause(local("08-20 10:00"), local("08-20 11:00"), "g")
    )
    assert [one.reason for one in paused.intervals] == [Reason.CLOSING_DAY, Reason.PAUSED, Reason.MADE_UP]
    assert paused.due_at == local("08-21 08:00")


def test_clock_hours_are_one_line_but_for_pauses_and_the_time_before_the_start() -> None:
    found = ledger(
        Rule.CLOCK_HOURS, "08-28 16:00", "4 h", Pause(local("08-28 18:00"), local("08-28 19:00"), "g")
    )
    assert [(one.counted, one.tally) for one in found.intervals] == [(True, 120), (False, 0), (True, 240)]
    assert found.due_at == local("08-28 21:00")
    late = ledger(Rule.WORKING_DAY_CLOCK_HOURS, "08-20 18:00", "24 h")
    assert [(one.reason, one.tally) for one in late.intervals] == [
        (Reason.OUTSIDE_HOURS, 0),
        (Reason.COUNTED, 17 * 60),
        (Reason.COUNTED, 24 * 60),
    ]


def test_hand_in_elsewhere_is_shown_and_not_counted() -> None:
    found = ledger(Rule.HOURS, "08-20 09:00", "1 wh", handed_in=local("08-19 16:00"))
    assert lines(found)[0] == (
        "19/08/2026 16:00",
        "20/08/2026 09:00",
        False,
        "Đã nộp, chưa đến cơ quan có thẩm quyền",
    )
    assert lines(found, "en")[0][3] == "Handed in, not yet with the competent authority"
    same = ledger(Rule.HOURS, "08-20 09:00", "1 wh", handed_in=local("08-20 09:00"))
    assert len(same.intervals) == 1
    assert same.explain("vi").sentence.startswith("Nhận lúc")


def test_an_extension_and_a_restart_are_told_after_the_sentence() -> None:
    first = ledger(Rule.WORKING_DAYS, "08-18 10:00", "3 wd", source="NĐ 61/2018 Đ.19")
    longer = extend(first, local("08-26 17:00"), local("08-20 09:00"), CALENDAR)
    vi, en = (longer.explain(lang).sentence for lang in ("vi", "en"))
    assert vi.endswith(
        "hạn cuối là 17:00 thứ Sáu ngày 21/08/2026. Đã hẹn lại đến 17:00 thứ Tư ngày 26/08/2026,"
        " báo lúc 09:00 thứ Năm ngày 20/08/2026; việc đúng hạn vẫn tính theo hạn ban đầu. Căn cứ: NĐ 61/2018 Đ.19."
    )
    assert (
        "The date was set anew to 17:00 on Wednesday 26 August 2026, announced at 09:00 on Thursday 20 August 2026;"
        in en
    )
    assert "lateness counts against the first date. Source: NĐ 61/2018 Đ.19." in en
    again = restart(restart(first, local("08-24 09:00"), CALENDAR), local("08-25 09:00"), CALENDAR)
    vi, en = (again.explain(lang).sentence for lang in ("vi", "en"))
    assert "Thời hạn đã tính lại từ đầu 2 lần; hạn đầu tiên là 17:00 thứ Sáu ngày 21/08/2026." in vi
    assert "The limit began anew 2 times; the first date was 17:00 on Friday 21 August 2026." in en


def test_a_ledger_is_kept_as_plain_json_and_read_back() -> None:
    first = ledger(Rule.WORKING_DAYS, "08-18 10:00", "3 wd")
    found = extend(
        restart(first, local("08-19 09:00"), CALENDAR, ground="g", paper="p"),
        local("08-27 17:00"),
        local("08-21 09:00"),
        CALENDAR,
        reason="r",
        paper="q",
    )
    kept = found.to_dict()
    assert kept["received_at"] == "2026-08-19T02:00:00Z"
    assert kept["amount"] == "3 wd"
    assert kept["extension"] == {
        "announced_at": "2026-08-21T02:00:00Z",
        "until": "2026-08-27T10:00:00Z",
        "reason": "r",
        "paper": "q",
        "by_law": False,
    }
    assert kept["restarts"][0]["ground"] == "g"
    assert (kept["original_due_at"], kept["due_at"]) == ("2026-08-22T10:00:00Z", "2026-08-27T10:00:00Z")
    assert kept["intervals"][1] == [
        "2026-08-20T00:00:00Z",
        "2026-08-20T10:00:00Z",
        True,
        "counted",
        "",
        "",
        1,
    ]
    back = Ledger.from_dict(kept)
    assert back == found
    assert back.to_dict() == kept
    assert back.received_at.tzinfo is UTC
    assert back.intervals[0] == Interval(local("08-19 09:00"), local("08-20 00:00"), False, Reason.DAY_ZERO)


def test_ledgers_are_equal_when_every_line_is() -> None:
    one, two = ledger(Rule.HOURS, "08-20 09:00", "1 wh"), ledger(Rule.HOURS, "08-20 09:00", "1 wh")
    assert one == two
    assert hash(one) == hash(two)
    assert one != ledger(Rule.HOURS, "08-20 09:01", "1 wh")
    assert one != "a ledger"
    kept = one.to_dict()
    kept["intervals"] = []
    assert Ledger.from_dict(kept) != one


def test_a_ledger_without_its_calendar_has_no_lines_to_draw() -> None:
    found = ledger(Rule.HOURS, "08-20 09:00", "1 wh")
    bare = Ledger(**{name: getattr(found, name) for name in found.__dataclass_fields__ if name != "calendar"})
    assert bare.intervals == ()
    assert "calendar=" not in repr(found)


@pytest.mark.parametrize(
    ("minutes", "vi", "en"),
    [
        (0, "0 phút", "0 minutes"),
        (1, "1 phút", "1 minute"),
        (60, "1 giờ", "1 hour"),
        (61, "1 giờ 1 phút", "1 hour 1 minute"),
        (150, "2 giờ 30 phút", "2 hours 30 minutes"),
    ],
)
def test_minutes_are_said_in_hours_and_minutes(minutes: int, vi: str, en: str) -> None:
    assert (minutes_words(minutes, "vi"), minutes_words(minutes, "en")) == (vi, en)


def test_every_weekday_and_month_has_its_name() -> None:
    spoken = [
        instant_words(datetime(2026, month, 1, tzinfo=ZONE), "en", "Asia/Ho_Chi_Minh").split()[4]
        for month in range(1, 13)
    ]
    assert spoken == [datetime(2026, month, 1).strftime("%B") for month in range(1, 13)]  # noqa: DTZ001
    days = [
        instant_words(datetime(2026, 6, day, tzinfo=ZONE), "vi", "Asia/Ho_Chi_Minh") for day in range(1, 8)
    ]
    assert [day.split(" ngày")[0] for day in days] == [
        f"00:00 {name}"
        for name in ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
    ]
    days = [
        instant_words(datetime(2026, 6, day, tzinfo=ZONE), "en", "Asia/Ho_Chi_Minh") for day in range(1, 8)
    ]
    assert [day.split()[2] for day in days] == [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ]


def test_rows_are_values() -> None:
    assert Row("a", "b", True, "c") == Row("a", "b", True, "c")
