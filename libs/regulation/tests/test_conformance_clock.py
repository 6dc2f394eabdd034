"""The rows of the requirement matrix that are rules of the clock, under each of the five regulations."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from regulation.calendar import DayOff, national
from regulation.clock import (
    ExtensionTooLateError,
    ExtensionUsedError,
    Pause,
    Reason,
    Rule,
    add_pause,
    apology_due_at,
    due,
    extend,
    last_close_by,
    recompute,
    redate,
    remaining_minutes,
    restart,
    resume,
    working_minutes_between,
)
from regulation.clock.by_profile import calendar_of, due_by, rule_of
from regulation.durations import Duration, Unit
from regulation.profiles import Profile, WrongKindError, load

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NAMES = ("ninh-binh", "thai-nguyen", "binh-dinh", "quang-tri", "ha-nam")
five_profiles = pytest.mark.parametrize("name", NAMES)


def local(text: str) -> datetime:
    """An instant of Vietnamese local time: `03-06 16:00` of 2026."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZONE)


def due_text(profile: Profile, key: str, received: str) -> str:
    """The due minute a profile key sets: `03-09 10:00`."""
    return due_by(profile, key, local(received)).due_at.astimezone(ZONE).strftime("%m-%d %H:%M")


@five_profiles
def test_r_int_02_the_check_is_due_within_the_working_hours_of_the_profile(name: str) -> None:
    thai_nguyen = name == "thai-nguyen"
    profile = load(name)
    assert rule_of(profile, "intake.check_deadline") == (
        Rule.HOURS,
        Duration.parse("4 wh" if thai_nguyen else "8 wh"),
    )
    expected = {
        "03-05 08:00": ("03-05 14:00", "03-06 08:00"),
        "03-06 16:00": ("03-09 10:00", "03-09 16:00"),
        "03-06 20:00": ("03-09 11:30", "03-09 17:30"),
        "03-07 09:00": ("03-09 11:30", "03-09 17:30"),
    }
    for received, (short, usual) in expected.items():
        assert due_text(profile, "intake.check_deadline", received) == (short if thai_nguyen else usual)


def test_r_int_02_the_example_of_the_row_is_due_on_monday_after_three_working_hours() -> None:
    hours = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), ("07:30-11:30", "13:00-17:00"))
    ledger = due(Rule.HOURS, local("03-06 16:00"), Duration.parse("4 wh"), national(hours))
    assert ledger.due_at == local("03-09 10:30")
    monday = working_minutes_between(national(hours), local("03-09 00:00"), ledger.due_at)
    assert monday == 3 * 60


def test_r_int_02_the_queue_can_be_sorted_by_remaining_working_time() -> None:
    profile, now = load("thai-nguyen"), local("03-09 08:00")
    received = ("03-06 16:00", "03-06 14:00", "03-06 15:00", "03-06 08:00")
    left = [
        remaining_minutes(
            calendar_of(profile), now, due_by(profile, "intake.check_deadline", local(at)).due_at
        )
        for at in received
    ]
    assert left == [120, 0, 60, -240]


@five_profiles
def test_r_int_11_an_accepted_dossier_is_forwarded_in_time(name: str) -> None:
    expected = {
        "ha-nam": ("03-05 14:30", "03-06 09:30", "03-09 11:30"),
        "thai-nguyen": ("03-05 14:30", "03-06 09:30", "03-09 11:30"),
    }.get(name, ("03-05 17:30", "03-06 07:30", "03-09 07:30"))
    received = ("03-05 08:30", "03-05 15:30", "03-07 09:00")
    profile = load(name)
    got = tuple(due_text(profile, "intake.forward_deadline", at) for at in received)
    assert got == expected
    rule, _ = rule_of(profile, "intake.forward_deadline")
    assert rule is {"ha-nam": Rule.WORKING_DAYS, "thai-nguyen": Rule.HOURS}.get(name, Rule.FORWARD_15H)


@five_profiles
def test_r_int_11_three_o_clock_itself_still_belongs_to_the_same_day(name: str) -> None:
    got = [due_text(load(name), "intake.forward_deadline", at) for at in ("03-05 15:00", "03-05 15:01")]
    if name in ("ha-nam", "thai-nguyen"):
        assert got == ["03-06 09:00", "03-06 09:01"]
        assert due_by(load(name), "intake.forward_deadline", local("03-05 15:00")).in_minutes
    else:
        assert got == ["03-05 17:30", "03-06 07:30"]


@five_profiles
def test_r_int_12_handling_time_starts_at_acceptance_and_not_at_submission(name: str) -> None:
    profile = load(name)
    assert profile.text("processing.clock_start") == "acceptance"
    submitted, accepted = local("03-05 09:00"), local("03-06 09:00")
    ledger = due(
        Rule.WORKING_DAYS, accepted, Duration.parse("3 wd"), calendar_of(profile), handed_in=submitted
    )
    assert ledger.due_at == local("03-11 17:30")
    assert ledger.intervals[0].reason is Reason.HANDED_IN_ELSEWHERE
    assert not ledger.intervals[0].counted
    assert (
        ledger.due_at
        != due(Rule.WORKING_DAYS, submitted, Duration.parse("3 wd"), calendar_of(profile)).due_at
    )


@five_profiles
def test_r_int_19_a_supplement_gets_a_new_check_clock_and_thirty_days_to_arrive(name: str) -> None:
    profile = load(name)
    first = due_by(profile, "intake.check_deadline", local("03-05 08:30"))
    again = restart(first, local("03-09 08:30"), calendar_of(profile), ground="hồ sơ bổ sung")
    assert again.due_at == due_by(profile, "intake.check_deadline", local("03-09 08:30")).due_at
    assert [one.previous_due_at for one in again.restarts] == [first.due_at]
    wait = Duration.of(profile.number("intake.supplement_wait_days"), Unit.DAY)
    answer_by = due(Rule.CALENDAR_DAYS, local("03-05 10:00"), wait, calendar_of(profile))
    assert (wait, answer_by.due_at) == (Duration.parse("30 d"), local("04-06 17:30")), "4 April is a Saturday"


@five_profiles
def test_r_prc_05_the_due_date_is_computed_on_the_working_calendar_and_explained(name: str) -> None:
    calendar = calendar_of(load(name))
    ledger = due(Rule.WORKING_DAYS, local("02-12 09:00"), Duration.parse("3 wd"), calendar, (), "NĐ 61/2018")
    assert ledger.due_at == local("02-24 17:30"), "Tết 16–20 February does not count"
    assert "Tết Nguyên đán" in ledger.explain("vi").sentence
    assert "Lunar New Year" in ledger.explain("en").sentence
    assert recompute(ledger, calendar) == ledger
    assert remaining_minutes(calendar, local("02-13 16:30"), ledger.due_at) == 17 * 60
    assert remaining_minutes(calendar, local("02-25 08:30"), ledger.due_at) == -60
    fair = calendar.overlaid(label="x", off=[DayOff(date(2026, 2, 23), "Lễ hội", "Fair", "QĐ")])
    assert redate([ledger], fair)[0].difference == timedelta(days=1)


@five_profiles
def test_r_prc_10_the_clock_pauses_for_a_supplement_and_restarts_in_full(name: str) -> None:
    profile = load(name)
    assert profile.text("processing.clock_on_supplement") == "pause_and_restart"
    calendar = calendar_of(profile)
    running = due(Rule.HOURS, local("03-05 08:30"), Duration.parse("8 wh"), calendar)
    paused = add_pause(
        running, Pause(local("03-05 14:30"), local("03-06 08:30"), "chờ bổ sung", "PYC-1"), calendar
    )
    assert (running.due_at, paused.due_at) == (local("03-06 08:30"), local("03-06 14:30"))
    resumed = restart(running, local("03-06 08:30"), calendar, ground="đã bổ sung")
    assert resumed.due_at == local("03-09 08:30")
    outside = Pause(local("03-05 17:30"), local("03-06 07:30"))
    assert add_pause(running, outside, calendar).due_at == running.due_at
    wait = Pause(local("03-05 14:30"), local("03-06 08:30"), "đã bổ sung")
    by_profile = {"pause_and_restart": resumed, "pause": paused, "run_on": running}
    for handling, expected in by_profile.items():
        assert resume(running, wait, handling, calendar).due_at == expected.due_at, handling
        late = Pause(local("03-06 08:31"), local("03-10 08:30"))
        assert resume(running, late, handling, calendar) == running  # what was late stays late


@five_profiles
def test_r_prc_14_one_new_date_is_told_a_day_before_and_the_old_one_stays(name: str) -> None:
    profile = load(name)
    assert profile.number("processing.max_extensions") == 1
    calendar = calendar_of(profile)
    ledger = due(Rule.WORKING_DAYS, local("03-04 09:00"), Duration.parse("3 wd"), calendar)
    assert ledger.due_at == local("03-09 17:30")
    assert apology_due_at(calendar, ledger.due_at) == local("03-06 17:30")
    longer = extend(ledger, local("03-12 17:30"), local("03-06 17:30"), calendar, reason="xác minh")
    assert (longer.due_at, longer.original_due_at) == (local("03-12 17:30"), ledger.due_at)
    with pytest.raises(ExtensionUsedError):
        extend(longer, local("03-13 17:30"), local("03-06 09:00"), calendar)
    with pytest.raises(ExtensionTooLateError):
        extend(ledger, local("03-12 17:30"), local("03-06 17:31"), calendar)


@five_profiles
def test_r_res_10_post_inside_the_province_takes_a_day_in_binh_dinh_and_has_no_number_elsewhere(
    name: str,
) -> None:
    profile = load(name)
    if name == "binh-dinh":
        assert due_text(profile, "post.delivery_in_province", "03-06 16:00") == "03-07 16:00"
    else:
        with pytest.raises(WrongKindError):
            due_by(profile, "post.delivery_in_province", local("03-06 16:00"))


@five_profiles
def test_r_qna_10_a_question_is_sorted_within_the_triage_deadline(name: str) -> None:
    got = [due_text(load(name), "qna.triage_deadline", at) for at in ("03-05 08:00", "03-06 16:30")]
    assert got == (
        ["03-05 10:00", "03-09 08:30"] if name == "thai-nguyen" else ["03-05 14:00", "03-09 10:30"]
    )


@five_profiles
def test_r_qna_11_a_question_after_hours_counts_as_received_at_the_next_working_hour(name: str) -> None:
    profile = load(name)
    opening = due_by(profile, "qna.triage_deadline", local("03-09 07:30"))
    for received in ("03-06 17:30", "03-06 22:00", "03-08 10:00", "03-09 07:29"):
        ledger = due_by(profile, "qna.triage_deadline", local(received))
        assert (ledger.started_at, ledger.due_at) == (opening.received_at, opening.due_at)
    at_noon = due_by(profile, "qna.triage_deadline", local("03-05 12:00"))
    assert at_noon.started_at == local("03-05 13:30")


@five_profiles
def test_r_qna_13_a_wrong_addressee_returns_the_question_in_four_hours_of_its_kind(name: str) -> None:
    got = due_text(load(name), "qna.return_deadline", "03-06 16:00")
    assert got == ("03-06 20:00" if name == "ninh-binh" else "03-09 10:00")


def test_r_qna_13_the_answer_clock_starts_anew_at_the_next_agency() -> None:
    profile = load("ninh-binh")
    first = due_by(profile, "qna.answer_deadline.own", local("03-05 09:00"))
    second = restart(first, local("03-06 09:00"), calendar_of(profile), ground="chuyển sai cơ quan")
    assert (first.due_at, second.due_at) == (local("03-10 17:30"), local("03-11 17:30"))


@five_profiles
def test_r_qna_14_answers_are_due_in_three_five_or_at_most_ten_working_days(name: str) -> None:
    expected = {"own": "03-10 17:30", "cross_sector": "03-12 17:30", "special_max": "03-19 17:30"}
    for kind, due_at in expected.items():
        assert due_text(load(name), f"qna.answer_deadline.{kind}", "03-05 09:00") == due_at


@five_profiles
def test_r_qna_15_the_interim_reply_is_due_before_the_normal_deadline_and_ten_days_are_the_end(
    name: str,
) -> None:
    profile, asked = load(name), local("03-05 09:00")
    normal, longest = (
        due_by(profile, f"qna.answer_deadline.{kind}", asked) for kind in ("cross_sector", "special_max")
    )
    assert normal.due_at < longest.due_at
    assert profile.duration("qna.answer_deadline.special_max") == Duration.parse("10 wd")
    assert apology_due_at(calendar_of(profile), normal.due_at) == local("03-11 17:30")
    final = extend(
        normal, longest.due_at, local("03-11 09:00"), calendar_of(profile), reason="trả lời bước đầu"
    )
    with pytest.raises(ExtensionUsedError):
        extend(final, local("03-25 17:30"), local("03-12 09:00"), calendar_of(profile))


@five_profiles
def test_r_fbk_08_the_sender_has_a_response_within_the_deadline(name: str) -> None:
    got = [
        due_text(load(name), "feedback.response_deadline", at)
        for at in ("03-05 10:00", "03-06 10:00", "03-07 10:00")
    ]
    if name == "thai-nguyen":
        assert got == ["03-06 10:00", "03-09 10:00", "03-10 07:30"], (
            "the same clock time of the next working day"
        )
    else:
        assert got == ["03-10 17:30", "03-11 17:30", "03-11 17:30"]


@five_profiles
def test_r_cat_03_the_agency_list_is_changed_within_seven_working_days(name: str) -> None:
    assert due_text(load(name), "catalog.agency_update_deadline", "03-05 09:00") == "03-16 17:30"


@five_profiles
def test_r_cat_14_the_catalogue_is_updated_from_the_request_or_from_the_decision(name: str) -> None:
    profile = load(name)
    limit, start = ("5 wd", "publication_decision") if name == "thai-nguyen" else ("10 wd", "written_request")
    assert rule_of(profile, "catalog.service_update_deadline") == (Rule.WORKING_DAYS, Duration.parse(limit))
    expected = "03-12 17:30" if name == "thai-nguyen" else "03-19 17:30"
    assert due_text(profile, "catalog.service_update_deadline", "03-05 09:00") == expected
    if name in ("thai-nguyen", "ninh-binh"):
        assert profile.limit("catalog.service_update_deadline").start == start


@five_profiles
def test_r_cat_15_the_update_request_is_sent_at_the_latest_on_the_effective_date(name: str) -> None:
    profile = load(name)
    assert profile.text("catalog.change_request_due") == "effective_date"
    calendar = calendar_of(profile)
    assert last_close_by(calendar, date(2026, 3, 5)) == local("03-05 17:30")
    assert last_close_by(calendar, date(2026, 9, 2)) == local("08-28 17:30"), (
        "the days before the holiday break"
    )


def test_a_profile_limit_is_named_with_its_article() -> None:
    ledger = due_by(load("thai-nguyen"), "intake.check_deadline", local("03-06 16:00"))
    assert ledger.source == "TN Đ.11.3.a; TN PL.B2"
    assert ledger.explain("vi").sentence.endswith("Căn cứ: TN Đ.11.3.a; TN PL.B2.")


def test_a_province_may_give_its_own_calendar_and_pauses() -> None:
    profile = load("thai-nguyen")
    early = national(dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), ("07:00-11:00", "13:00-17:00")))
    ledger = due_by(
        profile,
        "intake.check_deadline",
        local("03-05 07:00"),
        early,
        [Pause(local("03-05 09:00"), local("03-05 10:00"))],
    )
    assert ledger.due_at == local("03-05 14:00")
