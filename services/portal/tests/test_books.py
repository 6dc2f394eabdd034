"""Books as officers keep them: listed, filtered, entered, told, corrected, closed; and what everybody is told."""

import re
from collections.abc import Callable

import pytest
from portal_stage.books import NOTICE, NUMBER
from portal_stage.fakes import problem
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
BOOK = "/can-bo/so/incidents"
ENTRY = f"{BOOK}/muc/{NUMBER}"
ENTRIES = "/api/registers/books/incidents/entries"


async def test_a_book_is_listed_filtered_and_taken_out(browse: Browse) -> None:
    operator = await browse().sign_in("operator")
    assert "Sổ nhật ký sự cố" in (await operator.get("/can-bo/so")).text
    page = await operator.get(f"{BOOK}?state=open&chosen=intake")
    assert NUMBER in page.text
    assert "/tai-ve?state=open&amp;chosen=intake" in page.text
    asked = operator.fake.calls("GET", ENTRIES)[-1].query
    assert (asked["state"], asked["chosen"]) == ("open", "intake")
    await operator.get(f"{BOOK}?state=moon")
    assert "state" not in operator.fake.calls("GET", ENTRIES)[-1].query


async def test_an_entry_shows_what_was_done_and_what_stood_there_before(browse: Browse) -> None:
    operator = await browse().sign_in("operator")
    page = (await operator.get(ENTRY)).text
    for said in (
        "Chuyển máy dự phòng",
        "<del>Đơn vị vận hành</del>",
        "<ins>Công an tỉnh</ins>",
        "Lê Văn Hành",
    ):
        assert said in page


async def test_what_is_typed_is_sent_as_answers_of_the_form(browse: Browse) -> None:
    operator = await browse().sign_in("operator")
    typed = {
        "began_on-day": "20",
        "began_on-month": "11",
        "began_on-year": "2026",
        "began_time": "8:10",
        "part": "intake",
        "announced": "true",
        "effect": "Không nộp được",
    }
    answer = await operator.post(f"{BOOK}/ghi", f"{BOOK}/ghi", typed)
    assert (answer.status_code, answer.headers["location"]) == (303, ENTRY)
    sent = operator.fake.calls("POST", ENTRIES)[-1]
    assert sent.headers["idempotency-key"]
    assert sent.body["values"] == {
        "began_on": "2026-11-20",
        "began_time": "08:10",
        "part": "intake",
        "announced": True,
        "effect": "Không nộp được",
    }


async def test_a_question_that_an_answer_makes_needed_is_not_called_optional(browse: Browse) -> None:
    operator = await browse().sign_in("operator")
    page = (await operator.get(f"{BOOK}/ghi")).text
    when = "Cần trả lời nếu “Báo cho mọi người trên các trang?” là Có."
    asked = page[page.index("Lời báo, tiếng Việt") : page.index("Lời báo, tiếng Anh")]
    assert ("không bắt buộc" in asked, when in asked) == (False, True)
    assert page.count(when) == 1
    assert "không bắt buộc" in page[page.index("Lời báo, tiếng Anh") :].partition("</label>")[0]


async def test_what_mostly_began_just_now_is_asked_with_now_filled_in(browse: Browse) -> None:
    operator = await browse().sign_in("operator")
    page = (await operator.get(f"{BOOK}/ghi")).text
    filled = dict(re.findall(r'name="(began_on-\w+|began_time)"[^>]*? value="([^"]+)"', page))
    assert set(filled) == {"began_on-day", "began_on-month", "began_on-year", "began_time"}
    assert re.fullmatch(r"\d\d:\d\d", filled["began_time"])
    again = await operator.post(f"{BOOK}/ghi", f"{BOOK}/ghi", {"began_time": "07:15", "began_on-day": "3"})
    assert 'value="07:15"' in again.text or again.status_code == 303


async def test_what_is_wrong_is_told_at_its_question_and_nothing_typed_is_lost(browse: Browse) -> None:
    operator = await browse().sign_in("operator")
    wrong = [{"field": "part", "rule": "required", "message": "Hãy trả lời mục “Phần hệ thống”."}]
    operator.fake.answers[f"POST {ENTRIES}*"] = problem(422, "invalid-input", "Chưa hợp lệ.", wrong)
    page = await operator.post(f"{BOOK}/ghi", f"{BOOK}/ghi", {"effect": "Không nộp được"})
    assert page.status_code == 422
    assert "Hãy trả lời mục “Phần hệ thống”." in page.text
    assert "Không nộp được" in page.text


async def test_only_what_differs_is_corrected_and_never_without_a_reason(browse: Browse) -> None:
    operator = await browse().sign_in("operator")
    kept = {"effect": "Không nộp được hồ sơ.", "part": "intake", "announced": "true", "version": "3"}
    same = await operator.post(f"{ENTRY}/sua", f"{ENTRY}/sua", {**kept, "reason": "Vì sao"})
    assert "Chưa có mục nào khác" in same.text
    silent = await operator.post(f"{ENTRY}/sua", f"{ENTRY}/sua", {**kept, "part": "portal"})
    assert "Ghi lý do sửa" in silent.text
    done = await operator.post(f"{ENTRY}/sua", f"{ENTRY}/sua", {**kept, "part": "portal", "reason": "Nhầm"})
    assert done.status_code == 303
    [sent] = operator.fake.calls("POST", f"{ENTRIES}/{NUMBER}/corrections")
    assert sent.body == {"version": 3, "values": {"part": "portal"}, "reason": "Nhầm"}


async def test_a_deed_is_told_and_an_end_is_entered(browse: Browse) -> None:
    operator = await browse().sign_in("operator")
    empty = await operator.post(ENTRY, f"{ENTRY}/viec", {"what": " "})
    assert (empty.status_code, "Ghi việc đã làm" in empty.text) == (422, True)
    assert (await operator.post(ENTRY, f"{ENTRY}/viec", {"what": "Khởi động lại"})).status_code == 303
    ended = {"cause": "Đĩa đầy", "version": "3"}
    assert (await operator.post(f"{ENTRY}/ket-thuc", f"{ENTRY}/ket-thuc", ended)).status_code == 303
    [sent] = operator.fake.calls("POST", f"{ENTRIES}/{NUMBER}/closing")
    assert sent.body == {"version": 3, "values": {"cause": "Đĩa đầy"}}


async def test_books_are_offered_to_who_may_read_one(browse: Browse) -> None:
    operator, desk = await browse().sign_in("operator"), await browse().sign_in("desk_officer")
    assert ">Sổ theo dõi</a>" in (await operator.get("/can-bo")).text
    assert ">Sổ theo dõi</a>" not in (await desk.get("/can-bo")).text


@pytest.mark.parametrize(
    "path", ["/", "/thu-tuc/1.001193", "/dang-nhap", "/khong-co-trang-nay", "/can-bo/dang-nhap"]
)
async def test_r_ntf_11_what_everybody_is_told_stands_on_every_page(browse: Browse, path: str) -> None:
    visitor = browse()
    visitor.fake.answers["GET /api/registers/notices"] = {"items": [NOTICE]}
    await visitor.get("/")
    assert NOTICE["text"] in (await visitor.get(path)).text


async def test_r_ntf_11_it_is_told_in_english_and_that_it_is_over(browse: Browse) -> None:
    visitor = browse()
    over = {**NOTICE, "over": True, "ended_at": "2026-11-20T02:00:00Z"}
    visitor.fake.answers["GET /api/registers/notices"] = {"items": [over]}
    page = (await visitor.get("/en")).text
    assert NOTICE["text_en"] in page
    assert "Solved" in page


async def test_no_page_waits_for_the_books_and_many_pages_ask_them_once(browse: Browse) -> None:
    visitor = browse()
    visitor.fake.answers["GET /api/registers/notices"] = problem(503, "unavailable", "Bận.")
    for _ in range(5):
        assert (await visitor.get("/")).status_code == 200
    assert len(visitor.fake.calls("GET", "/api/registers/notices")) == 1
