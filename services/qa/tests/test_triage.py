"""Triage: in time, to the right agency, or refused with the right channel."""

from datetime import date

import pytest
from qa.models import Agency, Officer
from qa.usecases.flag_clocks import flag_clocks
from qa.usecases.recall_questions import recall_questions
from qa_stage import AGENCY, OTHER, body
from sqlalchemy import update


async def flagged(stage, moment):
    """Let the clock's job look at a moment."""
    stage.at(moment)
    await flag_clocks(stage.database, stage.app.state.now())
    return [
        (one["type"] if "type" in one else one["clock"], one["tell"])
        for one in await stage.events("question_overdue")
    ]


@pytest.mark.parametrize(
    ("moment", "starts", "due"),
    [
        ("2026-11-16T02:00:00+00:00", "2026-11-16T02:00:00Z", "2026-11-16T04:00:00Z"),  # 09:00
        ("2026-11-16T04:00:00+00:00", "2026-11-16T04:00:00Z", "2026-11-16T08:00:00Z"),  # 11:00, over noon
        ("2026-11-16T05:00:00+00:00", "2026-11-16T06:30:00Z", "2026-11-16T08:30:00Z"),  # noon: from 13:30
        ("2026-11-14T20:00:00+00:00", "2026-11-16T00:30:00Z", "2026-11-16T02:30:00Z"),  # Sunday: Monday 07:30
        (
            "2026-11-16T14:00:00+00:00",
            "2026-11-17T00:30:00Z",
            "2026-11-17T02:30:00Z",
        ),  # 21:00: the next morning
    ],
)
async def test_r_qna_11_outside_working_hours_it_counts_as_received_at_the_next_one(
    stage, moment, starts, due
):
    stage.at(moment)
    asked = await stage.asked()
    [clock] = (await stage.seen("centre", asked["number"]))["clocks"]
    assert (clock["kind"], clock["started_at"], clock["due_at"]) == ("triage", starts, due)


async def test_triage_that_is_late_is_told_once(stage):
    asked = await stage.asked()
    before = await stage.seen("centre", asked["number"])
    assert "2 giờ" in before["clocks"][0]["sentence"]
    assert await flagged(stage, "2026-11-16T03:59:00+00:00") == []
    assert await flagged(stage, "2026-11-16T04:01:00+00:00") == [("triage", ["centre"])]
    assert await flagged(stage, "2026-11-16T05:00:00+00:00") == [("triage", ["centre"])]


async def test_r_qna_07_triage_may_change_the_topic(stage):
    asked = await stage.asked()
    after = await stage.does("centre", asked["number"], "triage", agency=AGENCY, topic="investment")
    assert after["topic"] == "investment"
    other = await stage.asked(text="Tôi muốn hỏi về chính sách hỗ trợ doanh nghiệp nhỏ của tỉnh năm nay.")
    wrong = await stage.tries("centre", other["number"], "triage", agency=AGENCY, topic="other")
    assert [one["field"] for one in wrong.json()["errors"]] == ["topic"]


async def test_r_qna_12_the_person_in_charge_is_told_or_the_head_with_a_warning(stage):
    await stage.forwarded()
    await stage.forwarded(OTHER, text="Tôi muốn hỏi điều kiện cấp giấy phép xây dựng nhà ở riêng lẻ tại xã.")
    first, second = await stage.events("question_forwarded")
    assert (first["tell"], first["without_owner"], first["without_substitute"]) == (["owner"], False, True)
    assert (second["tell"], second["without_owner"]) == (["other-head"], True)
    async with stage.database.sessions.begin() as session:
        one = {
            "display_name": "deputy",
            "agency": AGENCY,
            "roles": ["qa_owner"],
            "active": True,
            "version": 1,
        }
        session.add(Officer(id="deputy", **one))
    await stage.forwarded(text="Tôi muốn hỏi thủ tục cải chính hộ tịch khi giấy khai sinh ghi sai năm.")
    both = (await stage.events("question_forwarded"))[-1]
    assert (both["tell"], both["without_substitute"]) == (["deputy", "owner"], False)
    async with stage.database.sessions.begin() as session:
        await session.execute(update(Officer).where(Officer.id == "deputy").values(active=False))
        await session.execute(update(Officer).where(Officer.id == "owner").values(active=False))
    await stage.forwarded(text="Tôi muốn hỏi về việc thay đổi họ tên cho con khi cha mẹ đã ly hôn.")
    assert (await stage.events("question_forwarded"))[-1]["tell"] == ["head"]


@pytest.mark.parametrize("ground", ["complaint", "denunciation", "feedback"])
async def test_r_qna_08_what_belongs_elsewhere_is_refused_with_the_right_channel(stage, ground):
    asked = await stage.asked()
    sent = {"ground": ground, "reason": "Nội dung không thuộc phạm vi hỏi đáp."}
    terms = (await stage.send("nobody", "GET", "/terms")).json()
    channel = next(one["channel"] for one in terms["refusal_grounds"] if one["value"] == ground)
    await stage.does("centre", asked["number"], "refusal", **sent)
    told = (await stage.send("nobody", "POST", "/follow-ups", {"key": asked["key"]})).json()
    assert (told["state"], told["refusal"]["channel"]) == ("refused", channel)


@pytest.mark.parametrize("profile", ["binh-dinh"])
async def test_r_qna_08_where_questions_are_a_channel_of_feedback_it_is_not_refused(stage, profile):
    values = {"name": "Ánh", "reply_phone": "0912345678"}
    asked = await stage.asked(values=values)
    sent = {"ground": "feedback", "reason": "Là phản ánh, kiến nghị.", "channel": "Mục phản ánh"}
    assert (await stage.tries("centre", asked["number"], "refusal", **sent)).json()[
        "code"
    ] == "ground-not-used"


async def test_r_qna_09_a_refusal_closes_the_item_and_is_told_in_the_same_action(stage):
    asked = await stage.asked("asker")
    after = await stage.does(
        "centre",
        asked["number"],
        "refusal",
        ground="text_unclear",
        reason="Nội dung chung chung, không rõ việc.",
    )
    assert (after["state"], after["actions"]) == ("refused", [])
    assert all(clock["ended_at"] for clock in after["clocks"])
    told = await stage.events("question_refused")
    assert [(one["ground"], one["owner"]) for one in told] == [("text_unclear", "asker")]
    assert (
        await stage.tries("centre", asked["number"], "triage", agency=AGENCY, topic="policies")
    ).status_code == 409


async def test_r_qna_02_an_unclear_contact_is_refused_at_triage_with_its_reason(stage):
    asked = await stage.asked(values={**body()["values"], "address": "abc"})
    after = await stage.does(
        "centre",
        asked["number"],
        "refusal",
        ground="contact_unclear",
        reason="Địa chỉ liên hệ không rõ ràng.",
    )
    assert after["refusal"]["reason"] == "Địa chỉ liên hệ không rõ ràng."


async def test_two_coordinators_at_once_do_not_forward_twice(stage):
    asked = await stage.asked()
    sent = {"version": 1, "agency": AGENCY, "topic": "legal_rules"}
    version = (await stage.seen("centre", asked["number"]))["version"]
    sent["version"] = version
    first = await stage.send("centre", "POST", f"/questions/{asked['number']}/triage", sent)
    second = await stage.send(
        "centre", "POST", f"/questions/{asked['number']}/triage", {**sent, "agency": OTHER}
    )
    assert (first.status_code, second.status_code, second.json()["code"]) == (201, 409, "stale-version")
    assert len(await stage.events("question_forwarded")) == 1


@pytest.mark.parametrize("profile", ["ninh-binh"])
async def test_within_its_time_the_agency_returns_and_the_next_ones_clock_starts_anew(stage, profile):
    values = {name: said for name, said in body()["values"].items() if name != "email"}
    asked = await stage.forwarded(values=values)
    number = asked["number"]
    first = await stage.seen("owner", number)
    window = next(one for one in first["clocks"] if one["kind"] == "return")
    assert window["due_at"] == "2026-11-16T06:00:00Z"  # four clock hours, over noon
    stage.at("2026-11-16T05:59:00+00:00")
    after = await stage.does("owner", number, "return", reason="Thuộc thẩm quyền của Sở Xây dựng.")
    assert (after["state"], after["agency"]) == ("returned", None)
    assert (await stage.send("owner", "GET", f"/questions/{number}")).status_code == 404
    stage.at("2026-11-17T02:00:00+00:00")
    again = await stage.does("centre", number, "triage", agency=OTHER, topic="legal_rules")
    old, new = [one for one in again["clocks"] if one["kind"] == "answer"]
    assert old["ended_at"] == "2026-11-16T05:59:00Z"
    assert new["started_at"] == "2026-11-17T02:00:00Z"
    assert [one["returned_by"] for one in await stage.events("question_returned")] == [AGENCY]


@pytest.mark.parametrize("profile", ["ninh-binh"])
async def test_after_its_time_a_return_needs_the_coordinators_consent(stage, profile):
    values = {name: said for name, said in body()["values"].items() if name != "email"}
    asked = await stage.forwarded(values=values)
    number = asked["number"]
    stage.at("2026-11-16T06:01:00+00:00")
    after = await stage.does("owner", number, "return", reason="Thuộc thẩm quyền của Sở Xây dựng.")
    assert (after["state"], bool(after["return_asked"])) == ("forwarded", True)
    assert len(await stage.events("question_return_asked")) == 1
    declined = await stage.does("centre", number, "return-consent", granted=False, reason="Đúng thẩm quyền.")
    assert (declined["state"], declined["return_asked"]) == ("forwarded", None)
    assert [one["tell"] for one in await stage.events("return_declined")] == [["owner"]]
    assert await stage.events("question_urged") == []
    await stage.does("owner", number, "return", reason="Đề nghị xem lại thẩm quyền.")
    granted = await stage.does("centre", number, "return-consent", granted=True)
    assert granted["state"] == "returned"
    assert (await stage.tries("owner", number, "return-consent", granted=True)).status_code == 403


async def test_an_agency_that_ends_gives_its_open_questions_back(stage):
    asked = await stage.forwarded()
    async with stage.database.sessions.begin() as session:
        await session.execute(update(Agency).where(Agency.code == AGENCY).values(valid_to=date(2026, 11, 17)))
    stage.at("2026-11-17T01:00:00+00:00")
    rules = stage.app.state.built.rules
    async with stage.database.sessions.begin() as session:
        assert await recall_questions(session, rules, stage.app.state.now()) == 1
        assert await recall_questions(session, rules, stage.app.state.now()) == 0
    shown = await stage.seen("centre", asked["number"])
    assert (shown["state"], shown["actions"]) == ("returned", ["triage", "refusal"])
    told = await stage.events("question_returned")
    assert [(one["returned_by"], one["agency_ended"]) for one in told] == [(AGENCY, True)]
    wrong = await stage.tries("centre", asked["number"], "triage", agency=AGENCY, topic="legal_rules")
    assert [one["field"] for one in wrong.json()["errors"]] == ["agency"]


async def test_r_qna_21_the_board_shows_age_due_returned_by_agency_and_urges_in_one_action(stage):
    first = await stage.forwarded()
    await stage.asked(text="Tôi muốn hỏi về cơ hội đầu tư vào khu công nghiệp Sông Công hai trong năm tới.")
    board = (await stage.send("centre", "GET", "/questions")).json()
    assert board["total"] == 2
    assert [row["agency"] for row in board["items"]] == [None, AGENCY]  # what is due first stands first
    counts = (await stage.send("centre", "GET", "/questions/counts")).json()
    assert counts["queues"]["to_sort"] == counts["queues"]["with_agency"] == 1
    assert [(one["agency"], one["open"]) for one in counts["agencies"]] == [("", 1), (AGENCY, 1)]
    stage.at("2026-11-25T02:00:00+00:00")
    late = (await stage.send("centre", "GET", f"/questions?queue=overdue&agency={AGENCY}")).json()
    assert [(row["number"], row["urgency"]) for row in late["items"]] == [(first["number"], "overdue")]
    await stage.does("centre", first["number"], "reminder")
    assert [one["tell"] for one in await stage.events("question_urged")] == [["owner"]]
    again = await stage.tries("centre", first["number"], "reminder")
    assert (again.status_code, again.json()["code"]) == (409, "just-urged")
    stage.at("2026-11-25T03:00:00+00:00")
    await stage.does("centre", first["number"], "reminder")
    assert len(await stage.events("question_urged")) == 2
    found = (await stage.send("centre", "GET", "/questions?q=khai sinh nuoc ngoai")).json()
    assert first["number"] in [row["number"] for row in found["items"]]


async def test_each_queue_of_the_board_shows_as_many_as_it_counts(stage):
    await stage.published()
    await stage.forwarded(
        text="Tôi muốn hỏi về cơ hội đầu tư vào khu công nghiệp Sông Công hai trong năm tới."
    )
    counts = (await stage.send("centre", "GET", "/questions/counts")).json()["queues"]
    boards = {name: (await stage.send("centre", "GET", f"/questions?queue={name}")).json() for name in counts}
    assert {name: board["total"] for name, board in boards.items()} == counts
    assert {name: len(board["items"]) for name, board in boards.items()} == counts
    assert (counts["published"], counts["answered"], counts["open"], counts["refused"]) == (1, 1, 1, 0)


async def test_the_board_goes_on_page_by_page(stage):
    for place in range(5):
        await stage.asked(text=f"Tôi muốn hỏi về chính sách hỗ trợ nông nghiệp của tỉnh, phần thứ {place}.")
    seen: list[str] = []
    cursor = ""
    while True:
        page = (await stage.send("centre", "GET", f"/questions?limit=2{cursor}")).json()
        seen += [row["number"] for row in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert len(seen) == len(set(seen)) == page["total"] == 5


@pytest.mark.parametrize("profile", ["thai-nguyen"])
async def test_a_default_of_the_suite_is_no_legal_basis(stage, profile):
    asked = await stage.forwarded()
    told = (await stage.send("nobody", "POST", "/follow-ups", {"key": asked["key"]})).json()
    assert "suite default" not in str(told) + str(await stage.seen("centre", asked["number"]))
