"""Questions before their officers: the board, each deed on its page, a draft with its legal texts."""

from collections.abc import Callable
from typing import Any

import pytest
from portal.api.questions.deeds import BY_SLUG, DEEDS
from portal.domain.question_forms import cited_apart
from portal_stage import asked
from portal_stage.fakes import problem
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
BOARD = "/can-bo/hoi-dap"
ONE = f"{BOARD}/{asked.NUMBER}"
API = f"/api/qa/questions/{asked.NUMBER}"
SIGNED = {"full_name": "Hoàng Văn Bình", "position": "Chủ tịch", "phone": "02293871234", "email": "a@b.vn"}
SENT: dict[str, dict[str, Any]] = {
    "phan-loai": {"agency": "H42.101", "topic": "procedures", "kind": "own", "note": ""},
    "khong-nhan": {"ground": "feedback", "reason": "Là phản ánh", "channel": ""},
    "chuyen-phan-anh": {"category": "conduct"},
    "tra-lai": {"reason": "Không đúng lĩnh vực", "better_agency": ""},
    "dong-y-tra-lai": {"granted": "false", "reason": ""},
    "doi-loai": {"kind": "cross_sector", "reason": "Hai ngành"},
    "gia-han": {"reason": "Chờ xác minh", "interim_reply": "Chúng tôi đang xác minh."},
    "rut-lai": {},
    "yeu-cau-sua": {"reason": "Ghi rõ điều luật"},
    "phat-hanh": SIGNED,
    "cong-khai": {
        "title": "Khai sinh",
        "question": "Gì?",
        "answer": "Nộp tờ khai.",
        "citations.0.title": "Luật",
        "with_name": "true",
    },
    "xac-nhan-cong-khai": {"note": "Đã đối chiếu", "checked": "true"},
    "khong-cong-khai": {"reason": "Còn lộ tên"},
    "go-cong-khai": {"reason": "Luật đã đổi"},
}


async def coordinator(browse: Browse) -> Visitor:
    """Sign in as who sorts questions."""
    return await browse().sign_in("coordinator")


async def test_the_board_shows_age_due_and_returns_by_agency(browse: Browse) -> None:
    visitor = await coordinator(browse)
    page = (await visitor.get(f"{BOARD}?muc=overdue&co-quan=H42.101&chu-de=procedures")).text
    [call] = visitor.fake.calls("GET", "/api/qa/questions")
    assert {name: call.query[name] for name in ("queue", "agency", "topic")} == {
        "queue": "overdue",
        "agency": "H42.101",
        "topic": "procedures",
    }
    for words in (
        asked.NUMBER,
        "số lần bị trả lại: 1",
        "Chờ phân loại (2)",
        "Sở Tư pháp",
        "giờ 30 phút làm việc",
    ):
        assert words in page


async def test_urging_is_one_press_on_the_board(browse: Browse) -> None:
    visitor = await coordinator(browse)
    sent = await visitor.post(BOARD, f"{ONE}/don-doc", {"version": "2", "muc": "overdue"})
    assert sent.headers["location"] == f"{BOARD}?muc=overdue"
    [call] = visitor.fake.calls("POST", f"{API}/reminder")
    assert call.body == {"version": 2}
    visitor.fake.answers[f"POST {API}/reminder"] = problem(409, "stale-version", "Vừa có người sửa.")
    assert "Vừa có người sửa." in (await visitor.post(BOARD, f"{ONE}/don-doc", {"version": "1"})).text


async def test_words_looked_for_stand_in_no_address(browse: Browse) -> None:
    visitor = await coordinator(browse)
    sent = await visitor.post(BOARD, f"{BOARD}/tim", {"q": "Nguyễn Thị Ánh", "muc": ""})
    assert "Nguy" not in sent.headers["location"]
    await visitor.get(sent.headers["location"])
    assert visitor.fake.calls("GET", "/api/qa/questions")[-1].query["q"] == "Nguyễn Thị Ánh"


async def test_the_board_goes_on_where_a_page_ends(browse: Browse) -> None:
    visitor = await coordinator(browse)
    more = {"items": [asked.board_row()], "total": 60, "next": "abc", "capped": False}
    visitor.fake.answers["GET /api/qa/questions"] = more
    assert f"{BOARD}?muc=to_sort&amp;cursor=abc" in (await visitor.get(f"{BOARD}?muc=to_sort")).text


async def test_r_qna_24_a_question_shows_its_clocks_its_asker_and_everything_done(browse: Browse) -> None:
    page = (await (await coordinator(browse)).get(ONE)).text
    for words in (
        "Trả lời trong 3 ngày làm việc.",
        "Nguyễn Thị Ánh",
        "Đúng lĩnh vực",
        "GKS",
        "123/2015",
    ):
        assert words in page
    assert all(f"{ONE}/viec/{slug}" in page for slug in BY_SLUG)


async def test_a_page_offers_what_the_service_allows_and_no_more(browse: Browse) -> None:
    visitor = await coordinator(browse)
    told = asked.question(actions=["triage"], asker=None, draft=None, publication=None, return_asked=None)
    visitor.fake.answers[f"GET {API}"] = told
    page = (await visitor.get(ONE)).text
    assert [slug for slug in BY_SLUG if f"/viec/{slug}" in page] == ["phan-loai"]
    assert f"{ONE}/du-thao" not in page
    gone = await visitor.get(f"{ONE}/viec/khong-nhan")
    assert gone.headers["location"] == ONE
    assert (await visitor.get(f"{ONE}/viec/khong-co")).status_code == 404


def test_each_deed_is_tried_here() -> None:
    assert {*SENT} == {*BY_SLUG}
    assert len(BY_SLUG) == len(DEEDS)


@pytest.mark.parametrize("slug", SENT)
async def test_a_deed_is_sent_as_its_service_takes_it(browse: Browse, slug: str) -> None:
    visitor, deed, place = await coordinator(browse), BY_SLUG[slug], f"{ONE}/viec/{slug}"
    done = await visitor.post(place, place, {**SENT[slug], "version": "2"})
    assert done.headers["location"] == (BOARD if deed.leaves else ONE)
    [call] = visitor.fake.calls(deed.method, f"{API}/{deed.action}")
    given = {"true": True, "false": False}
    wanted = {name: given.get(value, value) for name, value in SENT[slug].items()}
    wanted |= {"better_agency": None} if "better_agency" in wanted else {}
    wanted.pop("checked", None)  # a promise of whoever does it
    assert call.body == {**cited_apart(wanted), "version": 2}


@pytest.mark.parametrize("slug", [slug for slug, deed in BY_SLUG.items() if deed.needed])
async def test_what_a_deed_needs_is_asked_for_with_the_rest_kept(browse: Browse, slug: str) -> None:
    visitor, deed, place = await coordinator(browse), BY_SLUG[slug], f"{ONE}/viec/{slug}"
    name = list(deed.needed)[-1]
    sent = await visitor.post(place, place, {**SENT[slug], name: ""})
    assert (sent.status_code, f'href="#{name}"' in sent.text) == (422, True)
    assert visitor.fake.calls(deed.method, f"{API}/{deed.action}") == []


async def test_a_lost_race_keeps_what_was_typed(browse: Browse) -> None:
    visitor, place = await coordinator(browse), f"{ONE}/viec/khong-nhan"
    visitor.fake.answers[f"POST {API}/refusal"] = problem(409, "stale-version", "Câu hỏi vừa thay đổi.")
    sent = await visitor.post(place, place, {**SENT["khong-nhan"], "version": "1"})
    assert "Câu hỏi vừa thay đổi." in sent.text
    assert "Là phản ánh" in sent.text


async def test_r_qna_22_what_is_to_be_published_comes_masked_and_names_what_was_found(browse: Browse) -> None:
    visitor = await coordinator(browse)
    edited = (await visitor.get(f"{ONE}/viec/cong-khai")).text
    assert "Con tôi 3 tuổi." in edited, "what was written before stands there again"
    visitor.fake.answers[f"GET {API}"] = asked.question(publication=None)
    page = (await visitor.get(f"{ONE}/viec/cong-khai")).text
    assert "Gọi […]" in page
    assert "0912 345 678" in page
    preview = (await (await coordinator(browse)).get(f"{ONE}/viec/xac-nhan-cong-khai")).text
    assert "Con tôi 3 tuổi." in preview


async def test_r_qna_17_a_draft_cites_its_legal_texts_and_is_kept_or_passed_on(browse: Browse) -> None:
    visitor, place = await coordinator(browse), f"{ONE}/du-thao"
    visitor.fake.answers[f"GET {API}"] = asked.question(draft=None)
    row = {
        "number": "1/2026",
        "title": "Luật",
        "issued_on": "01/02/2026",
        "issuer": "Quốc hội",
        "effective_on": "",
    }
    fields = {
        "text": "Nộp tờ khai.",
        "version": "2",
        **{f"cited-1-{name}": value for name, value in row.items()},
    }
    for wanted, passed in (("save", False), ("submit", True)):
        assert (await visitor.post(place, place, {**fields, "next": wanted})).headers["location"] == ONE
        call = visitor.fake.calls("PUT", f"{API}/draft")[-1]
        assert call.body["citations"] == [{**row, "issued_on": "2026-02-01", "effective_on": None}]
        assert (call.body["submit"], call.body["version"]) == (passed, 2)


async def test_r_qna_17_a_refused_citation_leads_to_its_box(browse: Browse) -> None:
    visitor, place = await coordinator(browse), f"{ONE}/du-thao"
    wrong = [{"field": "citations.0.issuer", "rule": "required", "message": "Ghi cơ quan ban hành."}]
    visitor.fake.answers[f"PUT {API}/draft"] = problem(422, "invalid-input", "Thiếu.", wrong)
    sent = await visitor.post(place, place, {"text": "A", "cited-0-number": "1/2026", "next": "submit"})
    assert 'href="#cited-0-issuer">Ghi cơ quan ban hành.' in sent.text
    assert 'id="cited-0-issuer-error"' in sent.text


@pytest.mark.parametrize(
    ("role", "shown"), [("coordinator", True), ("qa_owner", True), ("desk_officer", False)]
)
async def test_the_way_to_the_board_is_open_to_who_may_read_questions(
    browse: Browse, role: str, *, shown: bool
) -> None:
    visitor = await browse().sign_in(role)
    page = (await visitor.get("/can-bo")).text
    assert (f'href="{BOARD}"' in page, "Chờ phân loại" in page) == (shown, shown)
