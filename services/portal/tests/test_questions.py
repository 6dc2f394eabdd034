"""Questions as who asks meets them: search first, ask, keep what was typed, follow by link or account, ask on."""

from collections.abc import Callable

import pytest
from portal_stage import asked
from portal_stage.fakes import Asked, problem
from portal_stage.site import Visitor
from starlette.responses import Response

Browse = Callable[..., Visitor]
ASK = "/hoi-dap/dat-cau-hoi"
FOLLOWED = f"/hoi-dap/theo-doi/{asked.KEY}"
OWN = f"/hoi-dap/cua-toi/{asked.NUMBER}"
TYPED = {
    "topic": "procedures",
    "agency": "H42.101",
    "procedure": "1.001193",
    "title": "Đăng ký khai sinh muộn",
    "text": "Con tôi đã 3 tuổi. Cần giấy tờ gì?",
    "asker_kind": "individual",
    "individual-full_name": "Nguyễn Thị Ánh",
    "individual-nationality": "Việt Nam",
    "individual-id_number": "000190000001",
    "individual-address": "Số 5 đường Tràng An",
    "individual-reply_email": "anh@motcua.example",
}


async def test_r_qna_22_the_section_begins_with_a_search_that_needs_no_script(browse: Browse) -> None:
    visitor = browse()
    page = (await visitor.get("/hoi-dap?q=khai+sinh&topic=procedures")).text
    [search] = visitor.fake.calls("GET", "/api/qa/answers")
    assert (search.query["q"], search.query["topic"]) == ("khai sinh", "procedures")
    assert f"/hoi-dap/tra-loi/{asked.OTHER}" in page
    assert page.index('role="search"') < page.index(ASK)
    assert 'type="application/atom+xml"' in page
    assert 'hx-get="/hoi-dap/goi-y"' in page


async def test_r_qna_26_the_section_says_how_to_take_part_in_the_coordinators_words(browse: Browse) -> None:
    page = (await browse().get("/hoi-dap")).text
    assert "Ghi rõ việc bạn hỏi." in page
    assert "Thuộc một cơ quan: 3 ngày làm việc" in page


async def test_suggestions_wait_for_three_letters_and_bear_no_page_around_them(browse: Browse) -> None:
    visitor = browse()
    assert "<li>" not in (await visitor.get("/hoi-dap/goi-y?q=kh")).text
    assert visitor.fake.calls("GET", "/api/qa/answers") == []
    told = (await visitor.get("/hoi-dap/goi-y?q=khai")).text
    assert f"/hoi-dap/tra-loi/{asked.OTHER}" in told
    assert "<html" not in told


@pytest.mark.parametrize("publishes", ["no", "questions_and_answers"])
async def test_r_qna_22_answers_are_searched_only_where_the_province_publishes_them(
    browse: Browse, publishes: str
) -> None:
    visitor = browse()
    visitor.fake.answers["GET /api/qa/terms"] = asked.terms(publishes=publishes)
    page = (await visitor.get("/hoi-dap")).text
    assert ('role="search"' in page, ASK in page) == (publishes != "no", True)


async def test_a_province_without_the_section_says_where_to_ask_instead(browse: Browse) -> None:
    visitor = browse()
    visitor.fake.answers["GET /api/qa/terms"] = asked.terms(enabled=False)
    for place in ("/hoi-dap", ASK):
        page = (await visitor.get(place)).text
        assert "Tỉnh không nhận câu hỏi ở đây" in page
        assert 'name="text"' not in page


async def test_r_qna_18_a_published_answer_tells_who_answered_by_which_texts_and_the_standing_notice(
    browse: Browse,
) -> None:
    page = (await browse().get(f"/hoi-dap/tra-loi/{asked.OTHER}")).text
    for words in ("123/2015/NĐ-CP", "Hoàng Văn Bình", "Câu trả lời chỉ để tham khảo.", "Con tôi 3 tuổi."):
        assert words in page
    order = [page.index(f">{words}</h2>") for words in ("Câu hỏi", "Trả lời")]
    assert order == sorted(order)
    assert (await browse().get("/hoi-dap/tra-loi/HD-0")).status_code == 404


async def test_r_qna_22_a_procedure_names_its_answers_and_stands_without_them(browse: Browse) -> None:
    visitor = browse()
    page = (await visitor.get("/thu-tuc/1.001193")).text
    assert "Câu hỏi thường gặp" in page
    assert f"/hoi-dap/tra-loi/{asked.OTHER}" in page
    visitor.fake.answers["GET /api/qa/answers"] = problem(503, "away", "")
    left = await visitor.get("/thu-tuc/1.001193")
    assert (left.status_code, "Câu hỏi thường gặp" in left.text) == (200, False)


async def test_r_qna_23_the_feed_is_handed_on_as_it_is(browse: Browse) -> None:
    feed = await browse().get("/hoi-dap/tin.atom")
    assert (feed.text, feed.headers["content-type"]) == ("<feed/>", "application/atom+xml")


async def test_r_qna_23_whoever_kept_the_newest_feed_is_told_so_without_it(browse: Browse) -> None:
    visitor, mark = browse(), '"abc"'
    whole = Response("<feed/>", media_type="application/atom+xml", headers={"etag": mark})
    unchanged = Response(status_code=304, headers={"etag": mark})

    def given(call: Asked) -> Response:
        return unchanged if call.headers.get("if-none-match") == mark else whole

    visitor.fake.answers["GET /api/qa/answers.atom"] = given
    first = await visitor.get("/hoi-dap/tin.atom")
    assert (first.status_code, first.headers["etag"]) == (200, mark)
    again = await visitor.get("/hoi-dap/tin.atom", **{"if-none-match": mark})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", mark)


async def test_r_qna_01_anybody_asks_and_gets_a_number_and_a_link(browse: Browse) -> None:
    visitor = browse()
    sent = await visitor.post(ASK, ASK, TYPED)
    assert sent.headers["location"] == f"{FOLLOWED}/da-gui"
    [call] = visitor.fake.calls("POST", "/api/qa/questions")
    values = {
        name.removeprefix("individual-"): value for name, value in TYPED.items() if "individual-" in name
    }
    assert call.body["values"] == values
    assert (call.body["asker_kind"], call.body["agency"], call.body["procedure"]) == (
        "individual",
        "H42.101",
        "1.001193",
    )
    receipt = (await visitor.get(f"{FOLLOWED}/da-gui")).text
    assert asked.NUMBER in receipt
    assert f"http://127.0.0.1:8080{FOLLOWED}" in receipt


async def test_an_account_follows_its_question_without_a_link(browse: Browse) -> None:
    citizen = await browse().sign_in()
    sent = await citizen.post(ASK, ASK, TYPED)
    assert sent.headers["location"] == f"{OWN}/da-gui"
    assert asked.KEY not in (await citizen.get(f"{OWN}/da-gui")).text
    assert OWN in (await citizen.get("/hoi-dap/cua-toi")).text


async def test_everything_wrong_with_a_question_is_told_at_once_and_the_rest_stays(browse: Browse) -> None:
    visitor = browse()
    wrong = [
        {"field": "topic", "rule": "choice", "message": "Hãy chọn."},
        {"field": "title", "rule": "too-short", "message": "Hãy viết ít nhất 5 ký tự."},
        {"field": "id_number", "rule": "required", "message": "Ghi số căn cước."},
        {"field": "text", "rule": "personal-data", "message": "Có thể là số điện thoại: 0912345678."},
    ]
    visitor.fake.answers["POST /api/qa/questions"] = problem(422, "invalid-input", "Sai.", wrong)
    sent = await visitor.post(ASK, ASK, {**TYPED, "topic": "", "title": ""})
    for told in (
        'href="#topic">Hãy chọn.',
        'href="#title">Tóm tắt câu hỏi: Hãy viết',
        'href="#individual-id_number">Ghi số căn cước.',
        'href="#text">Nội dung câu hỏi: Có thể là số điện thoại',
        'href="#warnings_seen">Nếu vẫn muốn gửi',
        'id="warnings_seen-error"',
        "Nguyễn Thị Ánh",
    ):
        assert told in sent.text


async def test_r_qna_02_a_refusal_names_the_field_of_who_asks(browse: Browse) -> None:
    visitor = browse()
    missing = [{"field": "id_number", "rule": "required", "message": "Ghi số căn cước."}]
    visitor.fake.answers["POST /api/qa/questions"] = problem(422, "invalid-input", "Thiếu.", missing)
    sent = await visitor.post(ASK, ASK, TYPED)
    assert 'href="#individual-id_number">Ghi số căn cước.' in sent.text
    assert "Số 5 đường Tràng An" in sent.text


async def test_r_qna_04_who_is_warned_of_abbreviations_may_send_all_the_same(browse: Browse) -> None:
    visitor = browse()
    assert "warnings_seen" not in (await visitor.get(ASK)).text
    doubt = [{"field": "text", "rule": "abbreviation", "message": "Có chữ viết tắt “GKS”."}]
    visitor.fake.answers["POST /api/qa/questions"] = problem(
        422, "question-text-doubtful", "Hãy xem lại.", doubt
    )
    sent = await visitor.post(ASK, ASK, TYPED)
    assert "Có chữ viết tắt “GKS”." in sent.text
    assert 'id="warnings_seen"' in sent.text
    await visitor.post(ASK, ASK, {**TYPED, "warnings_seen": "true"})
    assert [c.body["warnings_seen"] for c in visitor.fake.calls("POST", "/api/qa/questions")] == [False, True]


async def test_r_qna_03_who_is_barred_reads_why_and_where_to_appeal(browse: Browse) -> None:
    visitor = browse()
    words = "Theo Quyết định 15/QĐ-VP, bạn không được đặt câu hỏi đến 31/12/2026. Khiếu nại: Thanh tra tỉnh."
    visitor.fake.answers["POST /api/qa/questions"] = problem(403, "asker-barred", words)
    sent = await visitor.post(ASK, ASK, TYPED)
    assert words in sent.text
    assert TYPED["text"] in sent.text


@pytest.mark.parametrize(
    ("place", "sent_to"), [(FOLLOWED, "follow-ups"), (OWN, f"own-questions/{asked.NUMBER}")]
)
async def test_r_qna_19_who_follows_a_question_asks_on(browse: Browse, place: str, sent_to: str) -> None:
    citizen = await browse().sign_in()
    page = (await citizen.get(place)).text
    for words in ("Đã trả lời", "Không phải nộp phạt.", "Đang xác minh.", "Câu trả lời chỉ để tham khảo."):
        assert words in page
    more = await citizen.post(place, f"{place}/hoi-them", {"text": "Còn người cha?"})
    assert more.headers["location"].endswith("/da-gui")
    [call] = citizen.fake.calls("POST", f"/api/qa/{sent_to}/supplements")
    assert (call.body["text"], call.body.get("key")) == (
        "Còn người cha?",
        asked.KEY if place == FOLLOWED else None,
    )
    empty = await citizen.post(place, f"{place}/hoi-them", {"text": ""})
    assert 'href="#text"' in empty.text


async def test_what_may_not_be_done_is_not_offered(browse: Browse) -> None:
    visitor = browse()
    visitor.fake.answers["POST /api/qa/follow-ups"] = asked.followed(actions=[], answer=None, clock=None)
    page = (await visitor.get(FOLLOWED)).text
    assert 'name="text"' not in page


async def test_r_qna_25_a_key_nobody_holds_opens_nothing_and_an_account_is_asked_for_its_own(
    browse: Browse,
) -> None:
    visitor = browse()
    visitor.fake.answers["POST /api/qa/follow-ups"] = problem(404, "question-not-found", "Không có.")
    assert (await visitor.get("/hoi-dap/theo-doi/abc")).status_code == 404
    asked_in = await visitor.get(OWN)
    assert (asked_in.status_code, "/dang-nhap" in asked_in.headers["location"]) == (303, True)
