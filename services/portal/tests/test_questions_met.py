"""What people met on the pages of questions: conflicts keep both texts, doubts are marked, nothing typed is lost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from portal.api.questions import feedback_desk
from portal.api.questions.deeds import DEEDS
from portal.domain.marks import marked
from portal_stage import asked, told
from portal_stage.fakes import Asked, problem
from portal_stage.samples import sample
from portal_stage.site import Visitor
from qa.domain import Action
from qa.domain.feedback import FeedbackAction

Browse = Callable[..., Visitor]
BOARD, ONE = "/can-bo/hoi-dap", f"/can-bo/hoi-dap/{asked.NUMBER}"
API, ASK = f"/api/qa/questions/{asked.NUMBER}", "/hoi-dap/dat-cau-hoi"
DRAFT = f"{ONE}/du-thao"
LOST = "Liên kết theo dõi chưa đúng"


async def officer(browse: Browse, role: str = "coordinator") -> Visitor:
    """Sign in as an officer."""
    return await browse().sign_in(role)


def chosen(page: str) -> str:
    """Say which agency stands in the list."""
    listed = page[page.index('name="agency"') :]
    found = re.search(r'<option value="([^"]+)" selected', listed[: listed.index("</select>")])
    return found[1] if found else ""


def test_each_action_of_the_service_has_its_page() -> None:
    own = {Action.DRAFT, Action.DRAFT_MENDING, Action.REMINDER}
    assert {deed.action for deed in DEEDS} == {str(one) for one in Action if one not in own}
    theirs = {deed.action for deed in feedback_desk.DEEDS}
    assert theirs == {str(one) for one in FeedbackAction if one is not FeedbackAction.REMINDER}


def test_marks_change_no_letter_of_a_text() -> None:
    text = "Gọi bà Ánh, bà Ánh Dương: 0912."
    parts = marked(text, ["Ánh", "Ánh Dương", "0912"])
    assert "".join(part for part, _ in parts) == text
    assert [part for part, found in parts if found] == ["Ánh", "Ánh Dương", "0912"]
    assert marked(text, []) == [(text, False)]


async def test_r_qna_22_the_second_look_marks_doubts_beside_the_original_and_wants_a_tick(
    browse: Browse,
) -> None:
    visitor, place = await officer(browse), f"{ONE}/viec/xac-nhan-cong-khai"
    page = (await visitor.get(place)).text
    assert "<mark>giấy chứng sinh</mark>" in page
    assert "Bản gốc để đối chiếu" in page
    assert "Con tôi đã 3 tuổi." in page
    assert all(said in page for said in (asked.CITED["title"], "Hoàng Văn Bình", "Chủ tịch")), (
        "all that goes public"
    )
    told = {**asked.publication(), "citations": [], "no_citation_reason": "Do giấy chứng sinh."}
    visitor.fake.answers[f"GET {API}"] = asked.question(publication=told)
    assert "Do <mark>giấy chứng sinh</mark>." in (await visitor.get(place)).text
    sent = await visitor.post(place, place, {"version": "2"})
    assert (sent.status_code, 'href="#checked"' in sent.text) == (422, True)
    assert visitor.fake.calls("POST", f"{API}/publication/confirmation") == []


async def test_r_qna_22_what_is_doubted_is_sent_by_a_tick_alone(browse: Browse) -> None:
    visitor, place = await officer(browse), f"{ONE}/viec/cong-khai"
    fields = {"title": "Khai sinh", "question": "Gì?", "answer": "Gọi 0912345678.", "version": "2"}
    doubt = [{"field": "answer", "rule": "doubtful", "message": "Có thể lộ: 0912345678."}]
    visitor.fake.answers[f"PUT {API}/publication"] = problem(422, "publication-doubtful", "Lộ?", doubt)
    assert "doubts_seen" not in (await visitor.get(place)).text
    sent = await visitor.post(place, place, fields)
    assert all(words in sent.text for words in ('href="#answer">Có thể lộ', 'id="doubts_seen"', "0912345678"))
    visitor.fake.answers[f"PUT {API}/publication"] = asked.question()
    await visitor.post(place, place, {**fields, "doubts_seen": "true"})
    last = visitor.fake.calls("PUT", f"{API}/publication")[-1]
    assert (last.body["doubts_seen"], last.body["answer"]) == (True, "Gọi 0912345678.")


async def test_r_qna_22_what_an_answer_rests_on_is_mended_before_it_goes_public(browse: Browse) -> None:
    visitor, place = await officer(browse), f"{ONE}/viec/cong-khai"
    visitor.fake.answers[f"GET {API}"] = asked.question(publication=None)
    found = [{"field": "citations.0.issuer", "text": "0912345678", "kind": "phone"}]
    visitor.fake.answers[f"GET {API}/masking"] = {**asked.masking(), "found": found}
    page = (await visitor.get(place)).text
    assert all(f'name="citations.0.{part}"' in page for part in ("title", "issuer"))
    assert 'name="citations.0.number"' not in page, "nothing in it is doubted"
    fields = {"title": "Khai sinh", "question": "Gì?", "answer": "Nộp tờ khai.", "version": "2"}
    await visitor.post(place, place, {**fields, "citations.0.title": "Luật", "citations.0.issuer": "Sở"})
    [call] = visitor.fake.calls("PUT", f"{API}/publication")
    assert call.body["citations"] == [{"title": "Luật", "issuer": "Sở"}]


async def test_a_colleagues_draft_stands_beside_what_was_typed(browse: Browse) -> None:
    visitor = await officer(browse)
    visitor.fake.answers[f"PUT {API}/draft"] = problem(409, "stale-version", "Tải lại trang.")
    typed = {"text": "Bản của tôi.", "version": "1", "stood": "2026-11-01T00:00:00+00:00", "next": "save"}
    page = (await visitor.post(DRAFT, DRAFT, typed)).text
    for words in ("Phạm Thị Dung đã lưu một dự thảo khác", "Không phải nộp phạt.", "Bản của tôi."):
        assert words in page
    assert "Thay bằng dự thảo của tôi" in page
    assert 'name="version" value="2"' in page, "the next press is on the newest version"
    same = {**typed, "stood": "2026-11-20T01:10:00+00:00"}
    page = (await visitor.post(DRAFT, DRAFT, same)).text
    assert "đã lưu một dự thảo khác" not in page
    assert "Bản của tôi." in page


async def test_the_way_back_from_a_draft_keeps_it(browse: Browse) -> None:
    visitor = await officer(browse)
    sent = await visitor.post(DRAFT, DRAFT, {"text": "Đang soạn dở.", "version": "2", "next": "back"})
    assert sent.headers["location"] == ONE
    [call] = visitor.fake.calls("PUT", f"{API}/draft")
    assert (call.body["text"], call.body["submit"]) == ("Đang soạn dở.", False)
    await visitor.post(DRAFT, DRAFT, {"text": "", "version": "2", "next": "back"})
    assert len(visitor.fake.calls("PUT", f"{API}/draft")) == 1


async def test_a_day_nobody_can_read_is_named_with_its_row(browse: Browse) -> None:
    visitor = await officer(browse)
    fields = {"text": "Nộp tờ khai.", "cited-1-number": "1/2026", "cited-1-issued_on": "hôm qua"}
    sent = await visitor.post(DRAFT, DRAFT, {**fields, "next": "save"})
    assert 'href="#cited-1-issued_on">Văn bản 2, ngày ban hành: ghi ngày như 31/12/2026' in sent.text
    assert visitor.fake.calls("PUT", f"{API}/draft") == []


async def test_r_qna_20_what_the_leader_wants_changed_stands_on_top_of_question_and_draft(
    browse: Browse,
) -> None:
    visitor = await officer(browse)
    for place in (ONE, DRAFT):
        page = (await visitor.get(place)).text
        assert page.index("Nêu rõ nơi nộp") < page.index("Con tôi đã 3 tuổi.")


async def test_clocks_that_ended_are_folded_and_nobody_is_told_they_were_done(browse: Browse) -> None:
    visitor = await officer(browse)
    why = {"outcome": "returned", "outcome_label": "Dừng, vì trả lại"}
    clocks = [{**one, **why} if one["ended_at"] else one for one in asked.question()["clocks"]]
    visitor.fake.answers[f"GET {API}"] = asked.question(clocks=clocks)
    page = (await visitor.get(ONE)).text
    assert "Thời hạn đã kết thúc (1)" in page
    assert "(Dừng, vì trả lại)" in page
    assert "xong lúc" not in page


@pytest.mark.parametrize(("agency", "ticked", "sent"), [("H42.102", False, True), ("H42.101", False, False)])
async def test_r_qna_13_a_question_does_not_go_back_to_whoever_gave_it_back_unasked(
    browse: Browse, agency: str, *, ticked: bool, sent: bool
) -> None:
    visitor, place = await officer(browse), f"{ONE}/viec/phan-loai"
    names = {one["code"]: one["name"] for one in sample("agencies")}
    line = {**asked.question()["history"][0], "deed": "returned", "agency_name": names["H42.101"]}
    question = asked.question(agency=None, history=[{**line, "reason": "Thuộc Sở Tư pháp"}])
    visitor.fake.answers[f"GET {API}"] = question
    assert "đã trả lại: Thuộc Sở Tư pháp" in (await visitor.get(place)).text
    fields = {"agency": agency, "topic": "procedures", "kind": "own", "note": "", "version": "2"}
    answer = await visitor.post(place, place, fields)
    assert bool(visitor.fake.calls("POST", f"{API}/triage")) is sent
    if not sent:
        assert 'href="#doubts_seen"' in answer.text
        await visitor.post(place, place, {**fields, "doubts_seen": "true"})
        [call] = visitor.fake.calls("POST", f"{API}/triage")
        assert "doubts_seen" not in call.body


async def test_triage_begins_with_the_agency_that_was_asked_or_answered_the_first_question(
    browse: Browse,
) -> None:
    visitor, place = await officer(browse), f"{ONE}/viec/phan-loai"
    visitor.fake.answers[f"GET {API}"] = asked.question(agency=None, asked_agency="H42.102", follows=None)
    assert chosen((await visitor.get(place)).text) == "H42.102"
    visitor.fake.answers[f"GET {API}"] = asked.question(agency=None, asked_agency=None)
    first = asked.question(number=asked.OTHER, agency="H42.101")
    visitor.fake.answers[f"GET /api/qa/questions/{asked.OTHER}"] = first
    assert chosen((await visitor.get(place)).text) == "H42.101"
    named = asked.question(
        agency=None, asked_agency="H42.102", better_agency="H42.101", better_agency_name="Sở Tư pháp"
    )
    visitor.fake.answers[f"GET {API}"] = named
    assert chosen((await visitor.get(place)).text) == "H42.101"
    assert 'Cơ quan trả lại đề nghị</dt><dd lang="vi">Sở Tư pháp' in (await visitor.get(ONE)).text


async def test_the_board_looks_in_every_group_and_then_for_who_asked(browse: Browse) -> None:
    visitor = await officer(browse)

    def counts(call: Asked) -> dict[str, Any]:
        found = call.query.get("people") == "true"
        queues = {"open": 0, "answered": 1 if found else 0} if call.query.get("q") else {"open": 6}
        return {**asked.counts(), "queues": queues}

    visitor.fake.answers["GET /api/qa/questions/counts"] = counts
    await visitor.post(BOARD, f"{BOARD}/tim", {"q": "Nguyễn Thị Ánh", "muc": ""})
    page = (await visitor.get(f"{BOARD}?tim=1")).text
    last = visitor.fake.calls("GET", "/api/qa/questions")[-1].query
    assert (last["queue"], last["people"], last["q"]) == ("answered", "true", "Nguyễn Thị Ánh")
    assert "Đã trả lời (1)" in page
    assert "Chờ duyệt" not in page


async def test_a_question_that_left_the_agency_says_so(browse: Browse) -> None:
    gone = await (await officer(browse, "qa_owner")).get(f"{BOARD}/HD-2026-999999")
    assert gone.status_code == 404
    assert "đã được trả lại đầu mối" in gone.text


async def test_a_signed_in_citizen_finds_known_things_filled_in(browse: Browse) -> None:
    stranger = (await browse().get(ASK)).text
    assert 'value="Nguyễn Thị Ánh"' not in stranger
    assert 'value="Việt Nam"' in stranger
    citizen = (await (await browse().sign_in()).get(ASK)).text
    assert 'value="Nguyễn Thị Ánh"' in citizen
    assert 'value="congdan@motcua.example"' in citizen
    assert "Lấy từ tài khoản của bạn" in citizen


async def test_the_procedure_asked_about_is_named_and_can_be_taken_off(browse: Browse) -> None:
    visitor = browse()
    page = (await visitor.get(f"{ASK}?procedure=1.001193&q=khai+sinh+muộn")).text
    assert sample("procedure")["name"] in page
    assert 'name="procedure" value="1.001193" checked' in page
    assert 'value="khai sinh muộn"' in page
    sent = await visitor.post(ASK, ASK, {"title": "A", "asker_kind": "individual"})
    assert sent.status_code == 303
    assert visitor.fake.calls("POST", "/api/qa/questions")[-1].body["procedure"] is None


async def test_going_back_and_asking_another_thing_is_said_in_plain_words(browse: Browse) -> None:
    visitor = browse()
    refused = problem(422, "idempotency-key-reused", "Mã Idempotency-Key này đã được dùng.")
    visitor.fake.answers["POST /api/qa/questions"] = refused
    page = (await visitor.post(ASK, ASK, {"title": "Hỏi thêm", "asker_kind": "individual"})).text
    assert "Trang này đã gửi một lần với nội dung khác." in page
    assert "Idempotency" not in page
    assert 'value="Hỏi thêm"' in page


async def test_changing_the_language_keeps_what_was_typed(browse: Browse) -> None:
    visitor = browse()
    page = (await visitor.get(ASK)).text
    assert 'formaction="/en/hoi-dap/dat-cau-hoi"' in page
    typed = {"title": "Đang viết", "asker_kind": "organisation", "next": "language"}
    sent = await visitor.post(ASK, f"/en{ASK}", typed)
    assert (sent.status_code, 'lang="en"' in sent.text, 'value="Đang viết"' in sent.text) == (200, True, True)
    assert visitor.fake.calls("POST", "/api/qa/questions") == []


@pytest.mark.parametrize(
    ("here", "words"), [(True, "cũng gửi được ở đây"), (False, "không gửi ở đây: câu hỏi như vậy")]
)
async def test_r_fbk_06_the_page_says_whether_feedback_may_be_asked_here(
    browse: Browse, words: str, *, here: bool
) -> None:
    visitor = browse()
    visitor.fake.answers["GET /api/qa/terms"] = asked.terms(feedback_here=here)
    assert words in (await visitor.get(ASK)).text


async def test_foreigners_are_told_before_they_write_that_it_must_be_vietnamese(browse: Browse) -> None:
    assert "must be written in Vietnamese" in (await browse().get(f"/en{ASK}")).text


@pytest.mark.parametrize(
    "path", [f"/hoi-dap/theo-doi/{'x' * 43}", f"/phan-anh-kien-nghi/theo-doi/{'x' * 43}"]
)
async def test_a_cut_link_says_where_to_look(browse: Browse, path: str) -> None:
    visitor = browse()
    for service in ("follow-ups", "follow-ups/feedback"):
        visitor.fake.answers[f"POST /api/qa/{service}"] = problem(404, "question-not-found", "Không thấy.")
    lost = await visitor.get(path)
    assert (lost.status_code, LOST in lost.text, "/hoi-dap" in lost.text) == (404, True, True)


async def test_a_refused_asker_has_a_way_on(browse: Browse) -> None:
    page = (await browse().get(f"/hoi-dap/theo-doi/{asked.KEY}")).text
    assert "Là phản ánh, kiến nghị" in page
    assert 'href="/phan-anh-kien-nghi"' in page
    assert "Đặt câu hỏi khác" in page


@pytest.mark.parametrize(
    ("path", "goes_on"),
    [
        (f"/hoi-dap/theo-doi/{asked.KEY}", f"/phan-anh-kien-nghi/theo-doi/{asked.KEY}"),
        (f"/hoi-dap/cua-toi/{asked.NUMBER}", f"/phan-anh-kien-nghi/cua-toi/{told.NUMBER}"),
    ],
)
async def test_r_fbk_06_who_asked_finds_the_feedback_the_question_became(
    browse: Browse, path: str, goes_on: str
) -> None:
    visitor = await browse().sign_in()
    for source in ("POST /api/qa/follow-ups", f"GET /api/qa/own-questions/{asked.NUMBER}"):
        visitor.fake.answers[source] = asked.followed(moved_to=told.NUMBER, answer=None, refusal=None)
    page = (await visitor.get(path)).text
    assert told.NUMBER in page
    assert f'href="{goes_on}"' in page


@pytest.mark.parametrize(
    "path",
    [
        f"/hoi-dap/theo-doi/{asked.KEY}",
        f"/en/hoi-dap/theo-doi/{asked.KEY}/da-gui",
        f"/phan-anh-kien-nghi/theo-doi/{asked.KEY}",
    ],
)
async def test_no_browser_keeps_and_no_engine_lists_a_page_with_a_key(browse: Browse, path: str) -> None:
    told_ = (await browse().get(path)).headers
    assert told_["cache-control"] == "no-store"
    assert told_["x-robots-tag"] == "noindex, nofollow"
    assert "x-robots-tag" not in (await browse().get("/hoi-dap")).headers
    robots = (await browse().get("/robots.txt")).text
    assert "theo-doi" not in robots, "who may not open a page never reads that it is not to be listed"
    assert "/hoi-dap/cua-toi" in robots


async def test_a_number_of_a_question_in_the_lookup_of_dossiers_leads_on(browse: Browse) -> None:
    visitor = browse()
    page = (await visitor.get(f"/tra-cuu/{told.NUMBER}")).text
    assert "là số của một câu hỏi hoặc phản ánh" in page


async def test_an_answer_that_is_not_public_says_so(browse: Browse) -> None:
    page = await browse().get("/hoi-dap/tra-loi/HD-2026-999999")
    assert (page.status_code, "Câu trả lời này không công khai" in page.text) == (404, True)


async def test_the_leader_finds_the_agencys_telephone_as_people_write_it(browse: Browse) -> None:
    agency = sample("agencies")[0]
    page = (await (await officer(browse)).get(f"{ONE}/viec/phat-hanh")).text
    assert agency["email"] in page
    assert 'value="+84' not in page
