"""Feedback: by every channel of the province, one process and clock, one agency that replies."""

import pytest
from common.security import Caller
from qa.models import Officer
from qa.usecases.flag_clocks import flag_clocks
from qa_stage import AGENCY, OTHER, QA, TEXT
from suite.testing import client

WORDS = {
    "category": "conduct",
    "title": "Thái độ tại bộ phận một cửa",
    "text": "Cán bộ tại bộ phận một cửa yêu cầu tôi bổ sung giấy tờ ngoài danh mục đã công khai.",
    "dossier": "H42.101-261116-0001",
    "sender": {"name": "Nguyễn Thị Ánh", "phone": "0912345678", "email": "anh@motcua.example"},
}
PHONED = {**WORDS, "channel": "published_contacts", "came_at": "2026-11-16T01:30:00Z"}


@pytest.fixture
async def desk(stage):
    """Give the stage with a focal officer for feedback."""
    async with stage.database.sessions.begin() as session:
        one = {"version": 1, "active": True, "roles": ["feedback_owner"]}
        session.add(Officer(id="focal", display_name="focal", agency=AGENCY, **one))
    return stage


async def filed(stage, who="asker", **changes):
    """File feedback at the portal; give its receipt."""
    answer = await stage.send(who, "POST", "/feedback", {**WORDS, **changes})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def seen(stage, who, number):
    """Read feedback as an officer."""
    return (await stage.send(who, "GET", f"/feedback/{number}")).json()


async def tries(stage, who, number, action, **sent):
    """Take an action on the newest version."""
    version = (await seen(stage, "centre", number))["version"]
    method = "PUT" if action == "publication" else "POST"
    return await stage.send(who, method, f"/feedback/{number}/{action}", {"version": version, **sent})


async def does(stage, who, number, action, **sent):
    """Take an action that works; give the feedback after it."""
    answer = await tries(stage, who, number, action, **sent)
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


async def forwarded(stage):
    """File and forward; give the receipt."""
    receipt = await filed(stage)
    await does(stage, "centre", receipt["number"], "triage", agency=AGENCY, category="conduct")
    return receipt


async def test_r_fbk_01_feedback_about_a_dossier_gets_a_number_and_is_followed(desk):
    receipt = await filed(desk)
    assert receipt["number"].startswith("PA-2026-")
    own = (await desk.send("asker", "GET", f"/own-feedback/{receipt['number']}")).json()
    assert (own["dossier"], own["state"]) == (WORDS["dossier"], "received")
    assert (await desk.send("asker", "GET", "/own-feedback")).json()["total"] == 1
    assert (await desk.send("stranger", "GET", f"/own-feedback/{receipt['number']}")).status_code == 404
    by_key = await desk.send("nobody", "POST", "/follow-ups/feedback", {"key": receipt["key"]})
    assert by_key.json()["number"] == receipt["number"]


async def test_r_fbk_02_the_portal_takes_it_from_accounts_where_the_province_says_so(desk):
    refused = await desk.send("nobody", "POST", "/feedback", WORDS)
    assert refused.status_code == 401
    assert (await desk.send("nobody", "GET", "/feedback-terms")).json()["needs_account"] is True


async def test_r_fbk_03_an_officer_enters_what_came_otherwise_and_the_same_clock_runs(desk):
    entered = (await desk.send("centre", "POST", "/feedback/entries", PHONED)).json()
    assert entered["due_at"] == "2026-11-17T01:30:00Z"  # 24 hours on working days, from when it came
    shown = await seen(desk, "centre", entered["number"])
    assert (shown["channel"], shown["sender"]["phone"]) == ("published_contacts", "+84912345678")
    later = {**PHONED, "came_at": "2026-11-16T05:00:00Z"}
    assert (await desk.send("centre", "POST", "/feedback/entries", later)).status_code == 422
    wrong = await desk.send("centre", "POST", "/feedback/entries", {**PHONED, "channel": "desk"})
    assert wrong.json()["code"] == "feedback-elsewhere"
    assert (await desk.send("asker", "POST", "/feedback/entries", PHONED)).status_code == 403


@pytest.mark.parametrize("profile", ["ninh-binh"])
async def test_r_fbk_15_suggestions_are_filed_at_the_desk_and_forwarded_or_answered(desk, profile):
    entry = {**PHONED, "channel": "desk", "category": "suggestion"}
    entered = (await desk.send("centre", "POST", "/feedback/entries", entry)).json()
    after = await does(desk, "centre", entered["number"], "triage", agency=AGENCY, category="suggestion")
    assert after["state"] == "forwarded"
    other = await desk.send("centre", "POST", "/feedback/entries", {**entry, "category": "conduct"})
    assert other.json()["code"] == "feedback-elsewhere"
    refused = await desk.send("asker", "POST", "/feedback", WORDS)
    assert refused.json()["code"] == "feedback-elsewhere"


@pytest.mark.parametrize("profile", ["binh-dinh"])
async def test_r_fbk_06_a_question_that_is_feedback_moves_over_without_writing_it_again(desk, profile):
    values = {"name": "Ánh", "reply_phone": "0912345678"}
    asked = await desk.asked(values=values)
    moved = await desk.does("centre", asked["number"], "feedback", category="procedure")
    assert (moved["text"], moved["channel"], moved["from_question"]) == (TEXT, "qna", asked["number"])
    assert moved["sender"]["name"] == "Ánh"
    question = await desk.seen("centre", asked["number"])
    assert (question["state"], question["actions"]) == ("moved", [])
    by_key = await desk.send("nobody", "POST", "/follow-ups/feedback", {"key": asked["key"]})
    assert by_key.json()["number"] == moved["number"]
    followed = (await desk.send("nobody", "POST", "/follow-ups", {"key": asked["key"]})).json()
    assert followed["moved_to"] == moved["number"]
    assert followed["history"][-1]["label"] == "Đã chuyển sang phản ánh, kiến nghị"


async def test_r_fbk_06_elsewhere_it_is_refused_with_its_channel_and_not_moved(desk):
    asked = await desk.asked()
    assert (await desk.tries("centre", asked["number"], "feedback", category="procedure")).status_code == 409


async def test_r_fbk_07_each_step_of_the_coordinator_is_written_down(desk):
    receipt = await forwarded(desk)
    history = (await seen(desk, "centre", receipt["number"]))["history"]
    assert [(one["deed"], one["by_name"]) for one in history] == [("received", ""), ("forwarded", "centre")]
    assert (
        await tries(desk, "owner", receipt["number"], "triage", agency=OTHER, category="system")
    ).status_code == 403


@pytest.mark.parametrize(
    ("profile", "due"),
    [("thai-nguyen", "2026-11-17T02:00:00Z"), ("binh-dinh", "2026-11-19T10:00:00Z")],
)
async def test_r_fbk_08_the_reply_is_due_as_the_province_says_and_lateness_is_escalated(desk, profile, due):
    entry = {**PHONED, "channel": "paper", "came_at": "2026-11-16T02:00:00Z"}
    entered = (await desk.send("centre", "POST", "/feedback/entries", entry)).json()
    assert entered["due_at"][:13] == due[:13]
    await does(desk, "centre", entered["number"], "triage", agency=AGENCY, category="conduct")
    desk.at("2026-11-20T02:00:00+00:00")
    await flag_clocks(desk.database, desk.app.state.now())
    [late] = [one for one in await desk.events("feedback_overdue") if one["clock"] == "response"]
    assert late["tell"] == ["focal", "centre"]
    after = await does(desk, "head", entered["number"], "reply", text="Đã nhắc nhở và xin lỗi ông/bà.")
    assert next(one for one in after["clocks"] if one["kind"] == "response")["overdue"] is True
    assert [one["in_time"] for one in await desk.events("feedback_replied")] == [False]


async def test_r_fbk_09_other_agencies_help_and_one_stays_responsible(desk):
    receipt = await forwarded(desk)
    number = receipt["number"]
    after = await does(
        desk, "head", number, "involvement", agencies=[OTHER], reason="Cho ý kiến về quy định."
    )
    assert (after["involved"], after["agency"]) == ([OTHER], AGENCY)
    assert (await desk.events("feedback_forwarded"))[-1]["tell"] == ["other-head"]
    other_head = desk.people["other"]
    assert other_head is not None
    refused = await tries(desk, "owner", number, "reply", text="Chúng tôi đã xử lý xong việc này.")
    assert refused.status_code == 403


async def test_r_fbk_10_the_sender_gets_the_result(desk):
    receipt = await forwarded(desk)
    await does(desk, "head", receipt["number"], "reply", text="Đã nhắc nhở và xin lỗi ông/bà.")
    own = (await desk.send("asker", "GET", f"/own-feedback/{receipt['number']}")).json()
    assert (own["state"], own["reply"]["text"]) == ("replied", "Đã nhắc nhở và xin lỗi ông/bà.")
    assert all(one["by_name"] == "" for one in own["history"])
    assert [one["owner"] for one in await desk.events("feedback_replied")] == ["asker"]


async def test_the_sender_sees_the_own_steps_and_none_of_the_office(desk):
    receipt = await forwarded(desk)
    number = receipt["number"]
    await does(desk, "centre", number, "reminder")
    await does(desk, "head", number, "involvement", agencies=[OTHER], reason="Cần ý kiến chuyên ngành.")
    await does(desk, "head", number, "reply", text="Đã nhắc nhở và xin lỗi ông/bà.")
    told = {"title": "Thái độ tại quầy", "text": "", "result": "Đã nhắc nhở cán bộ."}
    await does(desk, "centre", number, "publication", **told)
    own = (await desk.send("nobody", "POST", "/follow-ups/feedback", {"key": receipt["key"]})).json()
    assert [one["deed"] for one in own["history"]] == ["received", "forwarded", "replied"]
    officers = [one["deed"] for one in (await seen(desk, "centre", number))["history"]]
    assert {"urged", "involved", "publication_proposed"} <= set(officers)


async def test_r_fbk_10_a_sender_without_an_account_who_left_an_e_mail_is_reached(desk):
    entered = (await desk.send("centre", "POST", "/feedback/entries", PHONED)).json()
    await does(desk, "centre", entered["number"], "triage", agency=AGENCY, category="conduct")
    await does(desk, "head", entered["number"], "reply", text="Đã nhắc nhở và xin lỗi ông/bà.")
    assert [one["reachable"] for one in await desk.events("feedback_replied")] == [True]
    who = Caller("notify", "service", frozenset({"contacts:read"}), None, None, None, "test")
    async with client(desk.app, who) as web:
        told = await web.post(f"{QA}/contacts/readings", json={"numbers": [entered["number"]]})
    [one] = told.json()["items"]
    assert one["email"] == "anh@motcua.example"
    assert one["link"] == f"/phan-anh-kien-nghi/theo-doi/{entered['key']}"
    assert entered["key"] not in str(await seen(desk, "centre", entered["number"]))


async def test_r_fbk_12_the_focal_officer_is_told_or_the_head(desk):
    await forwarded(desk)
    receipt = await filed(desk, text=WORDS["text"] + " Tôi đề nghị xem lại.")
    await does(desk, "centre", receipt["number"], "triage", agency=OTHER, category="conduct")
    first, second = await desk.events("feedback_forwarded")
    assert (first["tell"], first["without_owner"]) == (["focal"], False)
    assert (second["tell"], second["without_owner"]) == (["other-head"], True)


async def test_r_fbk_13_a_result_is_published_without_its_sender_after_a_second_look(desk):
    receipt = await forwarded(desk)
    number = receipt["number"]
    await does(desk, "head", number, "reply", text="Đã nhắc nhở và xin lỗi ông/bà.")
    told = {"title": WORDS["title"], "text": WORDS["text"], "result": "Đã nhắc nhở cán bộ."}
    named = await tries(
        desk, "centre", number, "publication", **{**told, "text": "Bà Nguyễn Thị Ánh phản ánh."}
    )
    assert named.json()["code"] == "personal-data-left"
    await does(desk, "centre", number, "publication", **told)
    own = await tries(desk, "centre", number, "publication/confirmation")
    assert own.json()["code"] == "second-look-needed"
    await does(desk, "controller", number, "publication/confirmation")
    public = await desk.send("nobody", "GET", "/results")
    assert public.json()["items"][0]["result"] == "Đã nhắc nhở cán bộ."
    assert not any(said in public.text for said in WORDS["sender"].values())


@pytest.mark.parametrize("ground", ["complaint", "denunciation"])
async def test_r_fbk_16_what_is_a_complaint_in_law_is_closed_with_its_channel(desk, ground):
    receipt = await filed(desk)
    sent = {"ground": ground, "reason": "Nội dung là khiếu nại theo luật."}
    after = await does(desk, "centre", receipt["number"], "closing", **sent)
    assert after["state"] == "closed"
    own = (await desk.send("asker", "GET", f"/own-feedback/{receipt['number']}")).json()
    assert "theo Luật" in own["closing"]["channel"]


async def test_what_was_returned_goes_to_another_agency_and_stays_due(desk):
    receipt = await forwarded(desk)
    number = receipt["number"]
    back = await does(desk, "head", number, "return", reason="Không thuộc thẩm quyền.")
    assert (back["state"], back["agency"]) == ("received", None)
    again = await does(desk, "centre", number, "triage", agency=OTHER, category="conduct")
    assert again["clock"]["due_at"] == receipt["due_at"]
    await does(desk, "centre", number, "reminder")
    assert [one["tell"] for one in await desk.events("feedback_urged")] == [["other-head"]]
