"""Whatever goes public goes one way: masked, doubted, shown to the second look, checked again, masked at erasure."""

from datetime import datetime

import feedback_stage as sent
import pytest
from feedback_stage import WORDS, replied
from qa.api.answers import PublicAnswerOut
from qa.api.feedback_out import MaskedResultOut, ProposalOut, ResultOut
from qa.api.publication import MaskingOut
from qa.api.question_out import PublicationOut
from qa.domain.errors import PersonalDataLeftError
from qa.domain.masking import MASK
from qa.domain.publication import ANSWERS, RESULTS
from qa.models import Feedback, Question
from qa.usecases.erase_askers import forget_account
from qa.usecases.move_question import sender_of
from qa_stage import AGENCY, ANSWER, CITATION, LEADER, PERSON, TEXT

TOLD = {"title": "Khai sinh cho con sinh ở nước ngoài", "question": TEXT, "answer": ANSWER}
THIRD = ("037084001234", "0987654321")
REASON = f"Đã xem hồ sơ của {PERSON['full_name']}, CCCD {THIRD[0]}, điện thoại {THIRD[1]}."
GONE = datetime.fromisoformat("2026-11-17T02:00:00+00:00")
OF_NOBODY = {"number", "topic", "topic_label", "agency", "agency_name", "procedure", "asked_on"} | {
    "asker_name",
    "full_name",
    "phone",
    "email",
    "answered_at",
    "standing_notice",
    "reuse_terms",
}
"""What is no text of anybody: marks and days, the name with consent, and who answers, whom the law wants named."""


def test_every_public_field_goes_the_one_way_or_is_said_to_tell_of_nobody() -> None:
    pieces = {*ANSWERS.theirs, *ANSWERS.ours, "citations"}
    public = {"answer" if name == "text" else name for name in PublicAnswerOut.model_fields}
    assert public - OF_NOBODY == pieces
    assert set(ResultOut.model_fields) - {"state", "at"} == {*RESULTS.theirs, *RESULTS.ours}
    assert set(PublicationOut.model_fields) >= pieces | {"full_name", "phone", "email", "name"}
    assert set(MaskingOut.model_fields) >= pieces - {"position"}
    assert set(ProposalOut.model_fields) >= {*RESULTS.theirs, *RESULTS.ours, "doubtful"}
    assert set(MaskedResultOut.model_fields) >= {*RESULTS.theirs, *RESULTS.ours}


async def resting_on(stage, who="nobody", **rests):
    """Let a question be answered that rests on something else; give its number."""
    asked = await stage.asked(who)
    number = asked["number"]
    await stage.does("centre", number, "triage", agency=AGENCY, topic="legal_rules")
    await stage.does("owner", number, "draft", text=ANSWER, submit=True, **{"citations": [], **rests})
    await stage.does("signer", number, "release", **LEADER)
    return number


async def read_by_all(stage, number):
    """Give everything everybody can read of an answer."""
    pages = [f"/answers/{number}", "/answers?q=khai sinh", "/answers", "/answers.atom"]
    return "".join([(await stage.send("nobody", "GET", page)).text for page in pages])


async def test_r_qna_22_why_nothing_is_cited_is_masked_doubted_seen_twice_and_erased(stage):
    number = await resting_on(stage, "asker", no_citation_reason=REASON)
    ready = (await stage.send("owner", "GET", f"/questions/{number}/masking")).json()
    assert ready["no_citation_reason"] == f"Đã xem hồ sơ của {MASK}, CCCD {MASK}, điện thoại {MASK}."
    assert {one["text"] for one in ready["found"]} >= {PERSON["full_name"], *THIRD}
    left = await stage.tries("owner", number, "publication", **TOLD, no_citation_reason=REASON)
    assert (left.json()["code"], left.json()["errors"][0]["field"]) == (
        "personal-data-left",
        "no_citation_reason",
    )
    third = REASON.replace(PERSON["full_name"], "người hỏi")
    doubted = await stage.tries("owner", number, "publication", **TOLD, no_citation_reason=third)
    assert doubted.json()["code"] == "publication-doubtful"
    assert all(said in doubted.json()["detail"] for said in THIRD)
    told = {**TOLD, "no_citation_reason": third, "doubts_seen": True}
    await stage.does("owner", number, "publication", **told)
    looked = (await stage.seen("controller", number))["publication"]
    assert looked["no_citation_reason"] == third
    assert {one["text"] for one in looked["doubtful"]} == set(THIRD)
    await stage.does("controller", number, "publication/refusal", reason="Còn số căn cước.")
    await stage.does("owner", number, "publication", **TOLD)
    await stage.does("controller", number, "publication/confirmation")
    public = await read_by_all(stage, number)
    assert MASK in public
    assert not any(said in public for said in (PERSON["full_name"], *THIRD))
    async with stage.database.sessions.begin() as session:
        await forget_account(session, "asker", GONE)
    pool = await stage.database.pool()
    row = str(await pool.fetchrow("select * from question where number = $1", number))
    assert PERSON["full_name"] not in row


async def test_r_qna_22_what_an_answer_rests_on_is_masked_and_mended_like_the_answer(stage):
    cited = {**CITATION, "title": f"Quyết định xử phạt chị {PERSON['full_name']}, CCCD {PERSON['id_number']}"}
    number = await resting_on(stage, citations=[CITATION, cited])
    ready = (await stage.send("owner", "GET", f"/questions/{number}/masking")).json()
    assert [one["title"] for one in ready["citations"]] == [
        CITATION["title"],
        f"Quyết định xử phạt chị {MASK}, CCCD {MASK}",
    ]
    raw = [{}, {"title": cited["title"]}]
    left = await stage.tries("owner", number, "publication", **TOLD, citations=raw)
    assert left.json()["errors"][0]["field"] == "citations.1.title"
    few = await stage.tries("owner", number, "publication", **TOLD, citations=[{}])
    assert (few.status_code, few.json()["errors"][0]["field"]) == (422, "citations")
    mended = [{}, {"title": "Quyết định xử phạt"}]
    proposed = await stage.does("owner", number, "publication", **TOLD, citations=mended)
    assert [one["title"] for one in proposed["publication"]["citations"]] == [
        CITATION["title"],
        "Quyết định xử phạt",
    ]
    await stage.does("controller", number, "publication/confirmation")
    public = (await stage.send("nobody", "GET", f"/answers/{number}")).json()
    assert [one["number"] for one in public["citations"]] == [CITATION["number"]] * 2
    assert PERSON["full_name"] not in await read_by_all(stage, number)


async def test_what_was_published_before_citations_were_proposed_is_masked_where_it_is_read(stage):
    number = await resting_on(stage, no_citation_reason=REASON)
    await stage.does("owner", number, "publication", **TOLD)
    await stage.does("controller", number, "publication/confirmation")
    pool = await stage.database.pool()
    old = "update question set publication = publication - 'citations' - 'no_citation_reason'"
    await pool.execute(old)
    public = await read_by_all(stage, number)
    assert MASK in public
    assert not any(said in public for said in (PERSON["full_name"], *THIRD))


@pytest.mark.parametrize("piece", ["no_citation_reason", "answer", "title"])
async def test_r_qna_22_every_piece_is_checked_again_before_everybody_reads(stage, piece):
    number = await resting_on(stage, no_citation_reason="Không có văn bản nào quy định.")
    await stage.does("owner", number, "publication", **TOLD)
    pool = await stage.database.pool()
    later = "update question set publication = jsonb_set(publication, array[$1::text], $2::jsonb)"
    await pool.execute(later, piece, '"Của bà Nguyễn-Thị-Ánh."')
    left = await stage.tries("controller", number, "publication/confirmation")
    assert (left.status_code, left.json()["errors"][0]["field"]) == (422, piece)


RESULT = {
    "title": "Thái độ tại quầy",
    "text": "Ông Lê Văn Khoa nhận tiền của bà Trần Thị Bé.",
    "result": f"Ông Lê Văn Khoa, CCCD {THIRD[0]}, điện thoại {THIRD[1]}, đã bị kiểm điểm.",
}


async def test_r_fbk_13_who_may_be_told_of_in_a_result_is_asked_about_and_marked_for_the_second_look(stage):
    number = await replied(stage)
    named = await sent.tries(stage, "centre", number, "publication", **RESULT)
    assert (named.status_code, named.json()["code"]) == (422, "publication-doubtful")
    assert "Lê Văn Khoa, Trần Thị Bé" in named.json()["detail"]
    proposed = await sent.does(stage, "centre", number, "publication", **RESULT, doubts_seen=True)
    marked = {one["text"] for one in proposed["publication"]["doubtful"]}
    assert marked == {"Lê Văn Khoa", "Trần Thị Bé", *THIRD}


async def test_r_fbk_13_what_to_publish_is_suggested_masked_and_checked_again_at_the_second_look(stage):
    number = await replied(stage)
    shown = await sent.seen(stage, "centre", number)
    assert shown["masking"]["title"] == WORDS["title"]
    await sent.does(stage, "centre", number, "publication", title="Tại quầy", result="Đã nhắc nhở cán bộ.")
    assert (await sent.seen(stage, "centre", number))["masking"] is None, "it waits for the second look"
    pool = await stage.database.pool()
    later = "update feedback set publication = jsonb_set(publication, '{result}', $1::jsonb)"
    await pool.execute(later, '"Đã gọi 0912.345.678."')
    left = await sent.tries(stage, "controller", number, "publication/confirmation")
    assert (left.status_code, left.json()["code"]) == (422, "personal-data-left")
    assert (await stage.send("nobody", "GET", "/results")).json()["total"] == 0


async def test_r_fbk_13_what_somebody_erased_sent_is_not_published(stage):
    number = await replied(stage)
    clean = {"title": "Tại quầy", "result": "Đã nhắc nhở cán bộ."}
    await sent.does(stage, "centre", number, "publication", **clean)
    async with stage.database.sessions.begin() as session:
        await forget_account(session, "asker", GONE)
    late = await sent.tries(stage, "controller", number, "publication/confirmation")
    assert (late.status_code, late.json()["code"]) == (409, "asker-forgotten")
    assert "publication/confirmation" not in (await sent.seen(stage, "controller", number))["actions"]
    await sent.does(stage, "controller", number, "publication/refusal", reason="Người gửi đã được xóa.")
    again = await sent.tries(stage, "centre", number, "publication", **clean)
    assert again.json()["code"] == "asker-forgotten"


def test_r_fbk_06_what_a_question_knew_of_its_asker_is_still_kept_from_the_public_and_erased() -> None:
    own = f"Chủ CCCD {PERSON['id_number']}, {PERSON['address']}."
    asked = Question(number="HD-1", key_hash="1", asker=PERSON, asker_email=PERSON["email"])
    moved = Feedback(number="PA-1", key_hash="1", sender=sender_of(asked), title="Tại quầy", text=own)
    with pytest.raises(PersonalDataLeftError):
        RESULTS.expect({"title": "Tại quầy", "text": "", "result": own}, moved.said)
    moved.reply = {"text": own}
    moved.forget_person()
    left = f"{moved.text} {moved.reply}"
    assert not any(said in left for said in (PERSON["id_number"], PERSON["address"]))
