"""What was late stays with who was late, however it left: given back, taken elsewhere, closed, or still open."""

from datetime import date, datetime

import pytest
from feedback_stage import REPLY, does, forwarded, seen, tries
from qa.domain import Deed
from qa.models import Agency, Line
from qa.usecases.flag_clocks import flag_clocks
from qa.usecases.recall_feedback import recall_feedback
from qa.usecases.recall_questions import recall_questions
from qa_stage import AGENCY, ANSWER, OTHER
from sqlalchemy import select, update

WEEKS_LATER = "2026-12-10T02:00:00+00:00"
WINDOW = "since=2026-12-01T00:00:00Z&before=2026-12-31T00:00:00Z"


async def figures(stage, what, window=WINDOW):
    """Give the figures of each agency by its code."""
    told = (await stage.send("centre", "GET", f"/figures/{what}?{window}")).json()
    return {one["agency"]: one for one in told["agencies"]}


async def ended(stage, agency):
    """Let an agency be no more, and its work be taken back."""
    async with stage.database.sessions.begin() as session:
        await session.execute(update(Agency).where(Agency.code == agency).values(valid_to=date(2026, 11, 17)))
    rules, now = stage.app.state.built.rules, stage.app.state.now()
    async with stage.database.sessions.begin() as session:
        return await recall_questions(session, rules, now), await recall_feedback(session, rules, now)


async def test_r_sta_15_a_question_given_back_late_is_late_with_who_gave_it_back(stage):
    asked = await stage.forwarded()
    stage.at(WEEKS_LATER)
    await stage.does("owner", asked["number"], "return", reason="Thuộc thẩm quyền của Sở Xây dựng.")
    await stage.does("centre", asked["number"], "return-consent", granted=True)
    await stage.does("centre", asked["number"], "triage", agency=OTHER, topic="legal_rules")
    told = await figures(stage, "questions")
    assert (told[AGENCY]["returned"], told[AGENCY]["late"], told[AGENCY]["in_time"]) == (1, 1, 0)
    assert (told[OTHER]["forwarded"], told[OTHER]["late"], told[OTHER]["late_open"]) == (1, 0, 0)
    clocks = [
        one for one in (await stage.seen("centre", asked["number"]))["clocks"] if one["kind"] == "answer"
    ]
    assert [(one["overdue"], one["outcome"]) for one in clocks] == [(True, "returned"), (False, None)]


async def test_r_fbk_08_each_holder_of_feedback_owes_the_reply_in_a_row_of_its_own(desk):
    receipt = await forwarded(desk)
    number = receipt["number"]
    desk.at(WEEKS_LATER)
    await flag_clocks(desk.database, desk.app.state.now())
    await does(desk, "head", number, "return", reason="Không thuộc thẩm quyền.")
    await does(desk, "centre", number, "triage", agency=OTHER, category="conduct")
    told = await figures(desk, "feedback")
    assert (told[AGENCY]["late"], told[AGENCY]["returned"]) == (1, 1)
    assert (told[OTHER]["late"], told[OTHER]["late_open"]) == (0, 1)
    await flag_clocks(desk.database, desk.app.state.now())
    overdue = [one["tell"] for one in await desk.events("feedback_overdue") if one["clock"] == "response"]
    assert overdue == [["focal", "centre"], ["other-head", "centre"]]
    owed = [one for one in (await seen(desk, "centre", number))["clocks"] if one["kind"] == "response"]
    assert {one["due_at"] for one in owed} == {receipt["due_at"]}
    assert [one["owes"] for one in owed] == ["", "Sở Tư pháp", "", "Sở Xây dựng"]


async def test_r_fbk_16_what_is_closed_was_not_done_in_time_by_who_had_it(desk):
    receipt = await forwarded(desk)
    desk.at(WEEKS_LATER)
    sent = {"ground": "complaint", "reason": "Nội dung là khiếu nại theo luật."}
    await does(desk, "centre", receipt["number"], "closing", **sent)
    told = (await figures(desk, "feedback"))[AGENCY]
    assert (told["in_time"], told["closed"], told["late"]) == (0, 1, 1)


async def test_r_sta_15_what_is_open_and_late_counts_in_every_time_until_it_ends(stage):
    asked = await stage.forwarded()
    stage.at("2027-02-10T02:00:00+00:00")
    for window, late in (
        ("since=2026-11-01T00:00:00Z&before=2026-11-18T00:00:00Z", 0),
        (WINDOW, 1),
        ("since=2027-02-01T00:00:00Z&before=2027-03-01T00:00:00Z", 1),
    ):
        assert (await figures(stage, "questions", window))[AGENCY]["late_open"] == late
    default = (await stage.send("centre", "GET", "/figures/questions")).json()
    assert [one["late_open"] for one in default["agencies"]] == [1]
    await stage.does("owner", asked["number"], "return", reason="Thuộc thẩm quyền của Sở Xây dựng.")
    await stage.does("centre", asked["number"], "return-consent", granted=True)
    stage.at("2027-02-10T02:01:00+00:00")
    after = (await stage.send("centre", "GET", "/figures/questions")).json()["agencies"]
    assert [(one["late"], one["late_open"]) for one in after] == [(1, 0)]


async def test_r_fbk_07_the_coordinator_takes_feedback_elsewhere_with_a_reason(desk):
    receipt = await forwarded(desk)
    number, sent = receipt["number"], {"agency": OTHER, "category": "system"}
    silent = await tries(desk, "centre", number, "triage", **sent)
    assert [one["field"] for one in silent.json()["errors"]] == ["note"]
    same = await tries(desk, "centre", number, "triage", agency=AGENCY, category="system", note="Nhầm nơi.")
    assert same.json()["code"] == "given-back-to-same"
    after = await does(desk, "centre", number, "triage", **sent, note="Sở Xây dựng quản lý việc này.")
    assert (after["agency"], after["clock"]["due_at"]) == (OTHER, receipt["due_at"])
    assert [one["deed"] for one in after["history"]] == ["received", "forwarded", "recalled", "forwarded"]
    assert [one["tell"] for one in await desk.events("feedback_recalled")] == [["focal"]]
    assert (await desk.send("head", "GET", f"/feedback/{number}")).status_code == 404


async def test_a_question_forwarded_wrongly_goes_elsewhere_until_the_agency_has_begun(stage):
    asked = await stage.forwarded()
    number, sent = asked["number"], {"agency": OTHER, "topic": "policies"}
    silent = await stage.tries("centre", number, "triage", **sent)
    assert [one["field"] for one in silent.json()["errors"]] == ["note"]
    stage.at("2026-11-17T02:00:00+00:00")
    after = await stage.does("centre", number, "triage", **sent, note="Chuyển nhầm, thuộc Sở Xây dựng.")
    assert (after["agency"], after["state"]) == (OTHER, "forwarded")
    answers = [one for one in after["clocks"] if one["kind"] == "answer"]
    assert [one["outcome"] for one in answers] == ["returned", None]
    assert "tính lại từ đầu 1 lần" in answers[1]["sentence"]
    assert [one["tell"] for one in await stage.events("question_recalled")] == [["owner"]]
    assert (await stage.events("question_forwarded"))[-1]["tell"] == ["other-head"]
    begun = await stage.forwarded(text="Tôi muốn hỏi về việc thay đổi họ tên cho con khi cha mẹ đã ly hôn.")
    await stage.does("owner", begun["number"], "draft", text=ANSWER, citations=[], submit=False)
    assert "triage" not in (await stage.seen("centre", begun["number"]))["actions"]
    late = await stage.tries("centre", begun["number"], "triage", **sent, note="Chuyển nhầm cơ quan.")
    assert late.json()["code"] == "question-action-not-allowed"


async def test_an_agency_that_ends_gives_back_feedback_too_and_no_draft_is_lost(desk):
    receipt, asked = await forwarded(desk), await desk.forwarded()
    await desk.does("owner", asked["number"], "draft", text=ANSWER, citations=[], submit=False)
    desk.at("2026-11-17T01:00:00+00:00")
    assert await ended(desk, AGENCY) == (1, 1)
    assert await ended(desk, AGENCY) == (0, 0)
    shown = await seen(desk, "centre", receipt["number"])
    assert (shown["state"], shown["agency"], shown["clock"]["owes"]) == ("received", None, "")
    assert shown["clock"]["due_at"] == receipt["due_at"]
    assert [one["tell"] for one in await desk.events("feedback_returned")] == [["centre"]]
    again = await does(desk, "centre", receipt["number"], "triage", agency=OTHER, category="conduct")
    assert again["state"] == "forwarded"
    async with desk.database.sessions() as session:
        kept = await session.scalar(
            select(Line.more).where(Line.deed == Deed.RECALLED, Line.question == asked["number"])
        )
    assert kept["draft"]["text"] == ANSWER


@pytest.mark.parametrize("late", [False, True])
async def test_a_draft_is_kept_in_the_history_when_its_question_is_returned(stage, late):
    asked = await stage.forwarded()
    await stage.does("owner", asked["number"], "draft", text=ANSWER, citations=[], submit=False)
    stage.at("2026-11-18T02:00:00+00:00" if late else "2026-11-16T02:30:00+00:00")
    sent = {"reason": "Thuộc thẩm quyền của Sở Xây dựng.", "better_agency": OTHER}
    after = await stage.does("owner", asked["number"], "return", **sent)
    if late:
        after = await stage.does("centre", asked["number"], "return-consent", granted=True)
    assert (after["draft"], after["better_agency"], after["better_agency_name"]) == (
        None,
        OTHER,
        "Sở Xây dựng",
    )
    async with stage.database.sessions() as session:
        kept = await session.scalar(select(Line.more).where(Line.deed == Deed.RETURNED))
    assert (kept["draft"]["text"], kept["better_agency"]) == (ANSWER, OTHER)


@pytest.mark.parametrize(("better", "code"), [("H42.900", "agency-unknown"), (AGENCY, "given-back-to-same")])
async def test_where_a_question_belongs_is_an_agency_that_exists_and_another_one(stage, better, code):
    asked = await stage.forwarded()
    sent = {"reason": "Không thuộc thẩm quyền.", "better_agency": better}
    refused = await stage.tries("owner", asked["number"], "return", **sent)
    assert (refused.json()["code"], refused.json()["errors"][0]["field"]) == (code, "better_agency")


async def test_a_reply_that_came_late_is_late_apart_from_one_that_became_late_here(desk):
    receipt = await forwarded(desk, OTHER)
    desk.at(WEEKS_LATER)
    sent = {"agency": AGENCY, "category": "conduct", "note": "Thuộc thẩm quyền của Sở Tư pháp."}
    await does(desk, "centre", receipt["number"], "triage", **sent)
    desk.at("2026-12-10T03:00:00+00:00")
    await does(desk, "head", receipt["number"], "reply", text=REPLY)
    told = await figures(desk, "feedback")
    assert (told[AGENCY]["late"], told[AGENCY]["came_late"], told[AGENCY]["in_time"]) == (0, 1, 0)
    assert (told[OTHER]["late"], told[OTHER]["recalled"]) == (1, 1)
    assert datetime.fromisoformat(receipt["due_at"]) < datetime.fromisoformat(WEEKS_LATER)
