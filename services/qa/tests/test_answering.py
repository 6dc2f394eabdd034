"""Answering: in the time of its kind, with the texts it rests on, released by a leader."""

import pytest
from qa.models import Officer
from qa.usecases.flag_clocks import flag_clocks
from qa_stage import ANSWER, CITATION, LEADER, TEXT
from sqlalchemy import text, update


def running(shown, kind="answer"):
    """Return the running clock of a kind."""
    return next(one for one in shown["clocks"] if one["kind"] == kind and one["ended_at"] is None)


@pytest.mark.parametrize(("kind", "due"), [("own", "2026-11-19"), ("cross_sector", "2026-11-23")])
async def test_each_kind_has_its_time_from_receipt_by_the_agency(stage, kind, due):
    asked = await stage.asked()
    stage.at("2026-11-16T03:00:00+00:00")
    shown = await stage.does(
        "centre", asked["number"], "triage", agency="H42.101", topic="policies", kind=kind
    )
    clock = running(shown)
    assert clock["due_at"].startswith(due)
    assert running(await stage.seen("owner", asked["number"]))["due_at"] == clock["due_at"]
    assert running(await stage.seen("centre", asked["number"]))["rows"]


async def test_r_qna_14_the_agency_sets_the_kind_with_a_reason_and_the_old_ledger_stays(stage):
    asked = await stage.forwarded()
    number = asked["number"]
    assert (await stage.tries("owner", number, "kind", kind="cross_sector", reason="")).status_code == 422
    after = await stage.does("owner", number, "kind", kind="cross_sector", reason="Liên quan hai sở.")
    old, new = [one for one in after["clocks"] if one["kind"] == "answer"]
    told = await stage.events("question_classified")
    assert [(one["kind"], one["due_at"]) for one in told] == [("cross_sector", new["due_at"])]
    assert (old["ended_at"] is not None, new["due_at"][:10]) == (True, "2026-11-23")
    assert after["history"][-1]["reason"] == "Liên quan hai sở."
    stage.at("2026-11-25T02:00:00+00:00")
    late = await stage.tries("owner", number, "kind", kind="own", reason="Thuộc thẩm quyền.")
    assert late.json()["code"] == "answer-deadline-passed"


async def test_r_qna_15_a_special_case_needs_an_interim_reply_before_the_normal_time_is_over(stage):
    asked = await stage.forwarded()
    number = asked["number"]
    reason = "Cần xin ý kiến Bộ Tư pháp."
    for lacking in ("", "Sẽ trả lời."):
        refused = await stage.tries("owner", number, "extension", reason=reason, interim_reply=lacking)
        assert refused.status_code == 422
    assert (await stage.tries("owner", number, "kind", kind="special", reason=reason)).status_code == 422
    reply = "Câu hỏi cần xin ý kiến Bộ Tư pháp; chúng tôi sẽ trả lời trước ngày 01/12/2026."
    after = await stage.does("owner", number, "extension", reason=reason, interim_reply=reply)
    assert running(after)["due_at"].startswith("2026-12-01")  # ten working days
    clock = running(after)
    assert "Trường hợp đặc biệt: đã phản hồi lúc 09:00 thứ Hai ngày 16/11/2026" in clock["sentence"]
    assert (clock["rows"][-1]["end"], clock["rows"][-1]["text"][:17]) == (
        "01/12/2026 17:30",
        "Thời gian dài hơn"[:17],
    )
    followed = (await stage.send("nobody", "POST", "/follow-ups", {"key": asked["key"]})).json()
    assert followed["interim"][0]["text"] == reply
    assert len(await stage.events("interim_replied")) == 1
    again = await stage.tries("owner", number, "extension", reason=reason, interim_reply=reply)
    assert again.json()["code"] == "question-action-not-allowed"


async def test_r_qna_15_after_the_normal_time_there_is_no_extension(stage):
    asked = await stage.forwarded()
    stage.at("2026-11-20T02:00:00+00:00")
    late = await stage.tries(
        "owner",
        asked["number"],
        "extension",
        reason="Cần thêm thời gian.",
        interim_reply="Chúng tôi cần thêm thời gian.",
    )
    assert (late.status_code, late.json()["code"]) == (409, "answer-deadline-passed")


async def test_an_answer_that_is_late_is_reminded_of_flagged_once_and_stays_late(stage):
    asked = await stage.drafted()
    for moment in ("2026-11-19T07:00:00+00:00", "2026-11-19T11:00:00+00:00", "2026-11-19T12:00:00+00:00"):
        stage.at(moment)
        await flag_clocks(stage.database, stage.app.state.now())
    soon, late = await stage.events("question_due_soon"), await stage.events("question_overdue")
    assert [(one["clock"], one["tell"]) for one in soon] == [("answer", ["owner"])]
    assert [(one["clock"], one["tell"]) for one in late] == [("answer", ["owner", "centre"])]
    after = await stage.does("signer", asked["number"], "release", **LEADER)
    assert [one["overdue"] for one in after["clocks"] if one["kind"] == "answer"] == [True]
    assert [one["in_time"] for one in await stage.events("question_answered")] == [False]


async def test_r_qna_16_an_answer_shows_agency_name_position_telephone_and_mail_or_is_not_released(stage):
    asked = await stage.drafted()
    for name in LEADER:
        refused = await stage.tries("signer", asked["number"], "release", **{**LEADER, name: " "})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, name)
    await stage.does("signer", asked["number"], "release", **LEADER)
    told = (await stage.send("nobody", "POST", "/follow-ups", {"key": asked["key"]})).json()["answer"]
    assert told["agency_name"] == "Sở Tư pháp"
    assert (told["full_name"], told["position"]) == (LEADER["full_name"], LEADER["position"])
    assert (told["phone"], told["email"]) == ("+842083855888", LEADER["email"])
    other = await stage.drafted(text="Tôi muốn hỏi thủ tục cải chính hộ tịch khi giấy khai sinh ghi sai năm.")
    assert (await stage.seen("signer", other["number"]))["leader"]["position"] == "Giám đốc"


@pytest.mark.parametrize("lacking", ["number", "title", "issuer", "issued_on", "effective_on"])
async def test_r_qna_17_each_cited_text_is_told_exactly(stage, lacking):
    asked = await stage.forwarded()
    cited = {name: said for name, said in CITATION.items() if name != lacking} | (
        {"number": ""} if lacking == "number" else {}
    )
    refused = await stage.tries(
        "owner", asked["number"], "draft", text=ANSWER, citations=[cited], submit=True
    )
    assert refused.json()["errors"][0]["field"] == f"citations.0.{lacking}"


async def test_r_qna_17_without_any_text_the_answer_says_why(stage):
    asked = await stage.forwarded()
    refused = await stage.tries("owner", asked["number"], "draft", text=ANSWER, submit=True)
    assert refused.json()["code"] == "citations-missing"
    after = await stage.does(
        "owner",
        asked["number"],
        "draft",
        text=ANSWER,
        submit=True,
        no_citation_reason="Câu hỏi về địa chỉ liên hệ.",
    )
    assert after["draft"]["no_citation_reason"] == "Câu hỏi về địa chỉ liên hệ."


async def test_r_qna_17_texts_cited_before_are_suggested_to_who_drafts(stage):
    await stage.answered()
    await stage.answered(text=TEXT + " Câu thứ hai.")
    for q, used in (("", [2]), ("ho tich", [2]), ("60/2014 quoc hoi", [2]), ("dat dai", [])):
        found = (await stage.send("owner", "GET", f"/citations?q={q}")).json()
        assert [one["used"] for one in found] == used
    told = (await stage.send("owner", "GET", "/citations")).json()[0]
    assert (told["number"], told["effective_on"]) == ("60/2014/QH13", "2016-01-01")


async def test_texts_cited_in_what_an_officer_may_not_read_are_not_suggested_until_they_are_public(stage):
    private = CITATION | {"number": "QĐ-99/KL", "title": "Kết luận thanh tra riêng về ông Trần Văn Đức"}
    asked = await stage.forwarded()
    await stage.does("owner", asked["number"], "draft", text=ANSWER, citations=[private], submit=True)
    await stage.does("signer", asked["number"], "release", **LEADER)

    async def suggested(who):
        return [one["number"] for one in (await stage.send(who, "GET", "/citations")).json()]

    assert (await suggested("owner"), await suggested("other")) == (["QĐ-99/KL"], [])
    await stage.published()
    assert await suggested("other") == ["60/2014/QH13"]


async def test_what_turns_letters_around_stays_in_nothing_an_officer_writes(stage):
    asked = await stage.drafted()
    await stage.does("signer", asked["number"], "release", **LEADER | {"full_name": "Phạm\u202e\u200b Dũng"})
    shown = await stage.seen("centre", asked["number"])
    assert "Phạm Dũng" in str(shown["answer"])


async def test_r_qna_18_the_standing_notice_is_with_every_answer(stage):
    asked = await stage.answered()
    told = (await stage.send("nobody", "POST", "/follow-ups", {"key": asked["key"]})).json()["answer"]
    assert "chỉ để tham khảo" in told["standing_notice"]
    assert "Luật Khiếu nại" in told["standing_notice"]


async def test_r_qna_19_the_asker_puts_a_supplementary_question_linked_to_the_first(stage):
    asked = await stage.answered()
    more = {
        "key": asked["key"],
        "text": "Cảm ơn. Tôi muốn hỏi thêm giấy tờ nước ngoài có phải dịch công chứng không?",
    }
    second = (await stage.send("nobody", "POST", "/follow-ups/supplements", more)).json()
    shown = await stage.seen("centre", second["number"])
    assert (shown["follows"], shown["asked_agency"], shown["state"]) == (asked["number"], "H42.101", "asked")
    assert shown["asker"]["cells"][0]["told"] == "Nguyễn Thị Ánh"
    assert (await stage.seen("centre", asked["number"]))["supplements"] == [second["number"]]


async def test_r_qna_19_an_open_question_takes_no_supplement(stage):
    asked = await stage.forwarded()
    refused = await stage.send(
        "nobody", "POST", "/follow-ups/supplements", {"key": asked["key"], "text": TEXT}
    )
    assert refused.status_code == 409


async def test_r_qna_20_only_the_leader_releases_what_others_drafted(stage):
    asked = await stage.drafted()
    number = asked["number"]
    for who in ("owner", "centre", "other"):
        assert (await stage.tries(who, number, "release", **LEADER)).status_code in (403, 404)
    back = await stage.does("signer", number, "draft-return", reason="Bổ sung nơi nộp hồ sơ.")
    assert (back["state"], back["history"][-1]["reason"]) == ("forwarded", "Bổ sung nơi nộp hồ sơ.")
    await stage.does(
        "owner",
        number,
        "draft",
        text=ANSWER + " Nộp trực tuyến cũng được.",
        citations=[CITATION],
        submit=True,
    )
    after = await stage.does("head", number, "release", **LEADER)
    assert (after["state"], after["answer"]["agency_name"]) == ("answered", "Sở Tư pháp")


async def test_r_qna_24_questions_stay_with_the_history_of_their_forwards(stage):
    asked = await stage.forwarded()
    number = asked["number"]
    await stage.does("owner", number, "return", reason="Không thuộc thẩm quyền.")
    await stage.does(
        "centre", number, "triage", agency="H42.102", topic="policies", note="Chuyển Sở Xây dựng."
    )
    history = (await stage.seen("centre", number))["history"]
    assert [(one["deed"], one["agency_name"]) for one in history] == [
        ("asked", ""),
        ("forwarded", "Sở Tư pháp"),
        ("returned", "Sở Tư pháp"),
        ("forwarded", "Sở Xây dựng"),
    ]
    pool = await stage.database.pool()
    for statement in (
        "delete from question",
        "delete from line",
        "update line set reason = ''",
        "delete from clock",
    ):
        with pytest.raises(Exception, match="rows are only added"):
            await pool.execute(statement)


async def test_the_answer_of_an_officer_who_left_is_released_by_the_leader_who_is_there(stage):
    asked = await stage.drafted()
    async with stage.database.sessions.begin() as session:
        await session.execute(update(Officer).where(Officer.id == "owner").values(active=False))
    after = await stage.does("head", asked["number"], "release", **LEADER)
    assert after["state"] == "answered"
    assert [one["by_name"] for one in after["history"]][-2:] == ["owner", "head"]


async def test_every_look_at_a_question_is_written_down(stage):
    asked = await stage.forwarded()
    await stage.seen("owner", asked["number"])
    async with stage.database.engine.connect() as connection:
        lines = await connection.execute(
            text("select actor, deed, subject from audit_line where actor = 'owner'")
        )
        assert ("owner", "view", asked["number"]) in [tuple(line) for line in lines]


async def test_r_qna_20_a_draft_that_came_back_says_so_until_it_is_passed_on_changed(stage):
    number = (await stage.drafted())["number"]
    await stage.does("signer", number, "draft-return", reason="Nêu rõ nơi nộp hồ sơ")
    shown = await stage.seen("owner", number)
    assert shown["state_label"] == "Lãnh đạo yêu cầu sửa dự thảo"
    assert shown["draft"]["sent_back"]["reason"] == "Nêu rõ nơi nộp hồ sơ"
    [row] = (await stage.send("owner", "GET", "/questions?queue=sent_back")).json()["items"]
    assert row["state_label"] == "Lãnh đạo yêu cầu sửa dự thảo"
    same = {"text": ANSWER, "citations": [CITATION], "submit": True}
    again = await stage.tries("owner", number, "draft", **same)
    assert again.json()["code"] == "draft-unchanged"
    kept = await stage.does("owner", number, "draft", **{**same, "submit": False})
    assert kept["draft"]["sent_back"] is not None
    passed = await stage.does("owner", number, "draft", **{**same, "text": ANSWER + " Nộp tại xã."})
    assert (passed["draft"]["sent_back"], passed["state"]) == (None, "drafted")
    assert (await stage.send("owner", "GET", "/questions?queue=sent_back")).json()["items"] == []


async def test_r_qna_20_a_draft_is_told_to_the_leaders_and_back_to_who_wrote_it(stage):
    asked = await stage.drafted()
    [waiting] = await stage.events("draft_submitted")
    assert (sorted(waiting["tell"]), waiting["due_at"][:10]) == (["head", "signer"], "2026-11-19")
    await stage.does("head", asked["number"], "draft-return", reason="Nêu rõ nơi nộp hồ sơ.")
    assert [one["tell"] for one in await stage.events("draft_sent_back")] == [["owner"]]
