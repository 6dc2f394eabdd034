"""Feedback: by every channel of the province, one process and clock, one agency that replies."""

import pytest
from common.security import Caller
from feedback_stage import PHONED, REPLY, WORDS, does, entered, filed, forwarded, replied, seen, tries
from qa_stage import AGENCY, OTHER, QA, TEXT
from suite.testing import client


async def test_r_fbk_01_feedback_about_a_dossier_gets_a_number_and_is_followed(desk):
    receipt = await filed(desk)
    assert receipt["number"].startswith("PA-2026-")
    own = (await desk.send("asker", "GET", f"/own-feedback/{receipt['number']}")).json()
    assert (own["dossier"], own["state"]) == (WORDS["dossier"], "received")
    assert (await desk.send("asker", "GET", "/own-feedback")).json()["total"] == 1
    assert (await desk.send("stranger", "GET", f"/own-feedback/{receipt['number']}")).status_code == 404
    by_key = await desk.send("nobody", "POST", "/follow-ups/feedback", {"key": receipt["key"]})
    assert by_key.json()["number"] == receipt["number"]


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
    answered = await does(desk, "head", entered["number"], "reply", text="Cảm ơn ông/bà đã góp ý.")
    assert answered["state"] == "replied"
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


async def test_r_fbk_09_other_agencies_help_and_one_stays_responsible(desk):
    receipt = await forwarded(desk)
    number = receipt["number"]
    after = await does(
        desk, "head", number, "involvement", agencies=[OTHER], reason="Cho ý kiến về quy định."
    )
    assert (after["involved"], after["agency"]) == ([OTHER], AGENCY)
    assert [one["tell"] for one in await desk.events("feedback_involved")] == [["other-head"]]
    assert len(await desk.events("feedback_forwarded")) == 1
    assert (await seen(desk, "other-head", number))["involved_names"] == ["Sở Xây dựng"]
    for action, sent in (("reply", {"text": REPLY}), ("return", {"reason": "Không thuộc thẩm quyền."})):
        refused = await tries(desk, "other-head", number, action, **sent)
        assert refused.status_code == 403
    assert (await desk.send("other", "GET", f"/feedback/{number}")).status_code in (403, 404)
    replied_by = await does(desk, "head", number, "reply", text=REPLY)
    assert (replied_by["agency"], replied_by["state"]) == (AGENCY, "replied")


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


@pytest.mark.parametrize("who", ["asker", "centre"])
async def test_r_fbk_13_a_result_is_published_without_its_sender_after_a_second_look(desk, who):
    receipt = await forwarded(desk) if who == "asker" else await entered(desk)
    number = receipt["number"]
    if who == "centre":
        await does(desk, "centre", number, "triage", agency=AGENCY, category="conduct")
    await does(desk, "head", number, "reply", text=REPLY)
    told = {"title": WORDS["title"], "text": WORDS["text"], "result": "Đã nhắc nhở cán bộ."}
    for name in ("text", "result"):
        sent = {**told, name: "Bà Nguyen thi  Anh phản ánh."}
        named = await tries(desk, "centre", number, "publication", **sent)
        assert (named.json()["code"], named.json()["errors"][0]["field"]) == ("personal-data-left", name)
    await does(desk, "centre", number, "publication", **told)
    own = await tries(desk, "centre", number, "publication/confirmation")
    assert own.json()["code"] == "second-look-needed"
    assert (await desk.send("nobody", "GET", "/results")).json()["total"] == 0
    await does(desk, "controller", number, "publication/confirmation")
    public = await desk.send("nobody", "GET", "/results")
    assert public.json()["items"][0]["result"] == "Đã nhắc nhở cán bộ."
    assert not any(said in public.text for said in WORDS["sender"].values())


async def test_r_fbk_13_a_result_is_refused_mended_published_and_taken_off_again(desk):
    number = await replied(desk)
    told = {"title": WORDS["title"], "text": WORDS["text"], "result": "Đã nhắc nhở cán bộ."}
    await does(desk, "centre", number, "publication", **told)
    twice = await tries(desk, "centre", number, "publication", **told)
    assert twice.status_code == 409, "what waits for a second look is not exchanged behind it"
    silent = await tries(desk, "controller", number, "publication/refusal")
    assert silent.status_code == 422
    refused = await does(desk, "controller", number, "publication/refusal", reason="Còn lộ người gửi.")
    assert (refused["publication"]["state"], refused["publication"]["reason"]) == (
        "refused",
        "Còn lộ người gửi.",
    )
    await does(desk, "centre", number, "publication", **{**told, "text": ""})
    await does(desk, "controller", number, "publication/confirmation")
    assert (await desk.send("nobody", "GET", "/results")).json()["total"] == 1
    away = await does(desk, "controller", number, "publication/withdrawal", reason="Người gửi nhận ra mình.")
    assert away["history"][-1]["deed"] == "withdrawn"
    public = await desk.send("nobody", "GET", "/results")
    assert (public.json()["total"], "nhận ra mình" in public.text) == (0, False)
    for who in ("head", "owner", "asker"):
        assert (await tries(desk, who, number, "publication/withdrawal", reason="Thử xem.")).status_code in (
            403,
            404,
        )


async def test_who_files_with_an_account_gives_a_name_for_it_is_looked_for_before_publishing(desk):
    answer = await desk.send("asker", "POST", "/feedback", {**WORDS, "sender": {"name": " "}})
    assert [one["field"] for one in answer.json()["errors"]] == ["sender.name"]


@pytest.mark.parametrize("ground", ["complaint", "denunciation"])
async def test_r_fbk_16_what_is_a_complaint_in_law_is_closed_with_its_channel(desk, ground):
    receipt = await filed(desk)
    sent = {"ground": ground, "reason": "Nội dung là khiếu nại theo luật."}
    after = await does(desk, "centre", receipt["number"], "closing", **sent)
    assert after["state"] == "closed"
    own = (await desk.send("asker", "GET", f"/own-feedback/{receipt['number']}")).json()
    assert "theo Luật" in own["closing"]["channel"]
    terms = (await desk.send("nobody", "GET", "/feedback-terms")).json()
    assert ground in [one["value"] for one in terms["closing_grounds"]]


@pytest.mark.parametrize("ground", ["feedback", "answered_before", "out_of_scope", "text_unclear"])
async def test_r_fbk_16_feedback_is_closed_for_no_other_ground(desk, ground):
    receipt = await filed(desk)
    sent = {"ground": ground, "reason": "Không muốn xử lý.", "channel": "Nơi khác"}
    refused = await tries(desk, "centre", receipt["number"], "closing", **sent)
    assert (refused.status_code, refused.json()["code"]) == (422, "ground-not-used")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"channel": "portal"}, "channel"),
        ({"channel": "qna"}, "channel"),
        ({"came_at": "2015-11-16T01:30:00Z"}, "came_at"),
        ({"came_at": "0001-01-01T00:00:00Z"}, "came_at"),
        ({"came_at": "2026-11-16T05:00:00Z"}, "came_at"),
    ],
)
async def test_r_fbk_03_what_an_officer_enters_came_by_another_channel_within_a_year(desk, changes, field):
    refused = await desk.send("centre", "POST", "/feedback/entries", {**PHONED, **changes})
    assert (refused.status_code, [one["field"] for one in refused.json()["errors"]]) == (422, [field])


async def test_what_was_returned_goes_to_another_agency_and_stays_due(desk):
    receipt = await forwarded(desk)
    number = receipt["number"]
    back = await does(desk, "head", number, "return", reason="Không thuộc thẩm quyền.")
    assert (back["state"], back["agency"]) == ("received", None)
    again = await does(desk, "centre", number, "triage", agency=OTHER, category="conduct")
    assert again["clock"]["due_at"] == receipt["due_at"]
    await does(desk, "centre", number, "reminder")
    assert [one["tell"] for one in await desk.events("feedback_urged")] == [["other-head"]]


@pytest.mark.parametrize("code", ["H55\u202e<script>\nA", "a" * 3 + "'--", "../x", "{{7}}"])
async def test_what_is_no_code_of_a_dossier_is_not_taken_for_one(desk, code):
    answer = await desk.send("asker", "POST", "/feedback", {**WORDS, "dossier": code})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "dossier")


async def test_a_code_as_people_paste_it_is_kept_clean(desk):
    told = await filed(desk, dossier=" G22.99-261116-0001\u200b\n")
    own = (await desk.send("asker", "GET", f"/own-feedback/{told['number']}")).json()
    assert own["dossier"] == "G22.99-261116-0001"
