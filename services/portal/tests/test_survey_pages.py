"""Surveys on pages: answered without a name, read once closed, built question by question."""

from collections.abc import Callable
from typing import Any

import pytest
from portal_stage import asked, surveyed, told
from portal_stage.fakes import problem
from portal_stage.site import Visitor
from registers.adapters.book_files import declared_books
from registers.api.shapes import book_out

Browse = Callable[..., Visitor]
PLACE = f"/khao-sat/{surveyed.NUMBER}"
DESK = f"/can-bo/khao-sat/{surveyed.DRAFT}"
TYPED: dict[str, Any] = {"agency": "", "q1": "1", "q2": ["1", "2"], "q3": "5", "q4": "Bớt giấy tờ"}
API = "/api/qa/survey-desk"


async def test_r_sat_02_a_survey_is_answered_without_javascript_and_without_a_name(browse: Browse) -> None:
    visitor = browse()
    assert surveyed.TITLE["vi"] in (await visitor.get("/khao-sat")).text
    sent = await visitor.post(PLACE, PLACE, TYPED)
    assert sent.headers["location"] == f"{PLACE}/cam-on"
    [call] = visitor.fake.calls("PUT", f"/api/qa/surveys/{surveyed.NUMBER}/answer")
    assert call.body["values"] == {"q1": "1", "q2": ["1", "2"], "q3": "5", "q4": "Bớt giấy tờ"}
    cookie = next(one for one in sent.headers.get_list("set-cookie") if one.startswith("motcua_khaosat="))
    assert "HttpOnly" in cookie
    key = cookie.partition("=")[2].partition(";")[0]
    assert key not in call.body["browser"], "the service never learns the browser's own key"
    again = await visitor.post(PLACE, PLACE, TYPED)
    assert again.status_code == 303
    marks = {
        one.body["browser"] for one in visitor.fake.calls("PUT", f"/api/qa/surveys/{surveyed.NUMBER}/answer")
    }
    assert len(marks) == 1


@pytest.mark.parametrize(("status", "code"), [(409, "survey-already-answered"), (403, "survey-not-for-you")])
async def test_r_sat_02_a_refusal_is_told_with_everything_as_it_was_chosen(
    browse: Browse, status: int, code: str
) -> None:
    visitor = browse()
    visitor.fake.answers[f"PUT /api/qa/surveys/{surveyed.NUMBER}/answer"] = problem(
        status, code, "Đã trả lời."
    )
    page = await visitor.post(PLACE, PLACE, TYPED)
    assert page.status_code == 422
    assert "Đã trả lời." in page.text
    assert page.text.count("checked") == 4, "one choice, two choices, one grade"
    assert "Bớt giấy tờ" in page.text


async def test_r_sat_02_who_had_a_dossier_is_asked_to_sign_in(browse: Browse) -> None:
    visitor = browse()
    visitor.fake.answers[f"GET /api/qa/surveys/{surveyed.NUMBER}"] = surveyed.whole(audience="dossiers")
    assert "/dang-nhap" in (await visitor.get(PLACE)).headers["location"]


async def test_r_sat_02_what_takes_no_answers_has_no_form(browse: Browse) -> None:
    visitor = browse()
    visitor.fake.answers[f"GET /api/qa/surveys/{surveyed.NUMBER}"] = surveyed.whole(open=False)
    page = (await visitor.get(PLACE)).text
    assert "Nhận câu trả lời từ 16/11/2026 đến hết 30/11/2026." in page
    assert 'name="q1"' not in page


async def test_r_sat_03_results_stand_as_bars_as_a_table_and_as_a_file(browse: Browse) -> None:
    visitor = browse()
    place = f"/khao-sat/{surveyed.CLOSED}/ket-qua"
    page = (await visitor.get(place)).text
    assert page.count('<svg class="mc-chart"') == 3
    assert "11 người đã trả lời. 9 người trả lời bằng tài khoản." in page
    assert "Sở Tư pháp" in page
    assert 'data-label="Số người trả lời">–' in page
    assert "Bớt giấy tờ" not in page
    file = await visitor.get(f"{place}.csv")
    assert file.headers["content-type"].startswith("text/csv")


async def test_r_sat_02_an_editor_adds_orders_changes_and_removes_questions(browse: Browse) -> None:
    editor = await browse().sign_in("coordinator")
    page = (await editor.get(DESK)).text
    assert [words in page for words in ("Lên", "Xuống", "Bỏ câu này", "Xem như người trả lời")] == [True] * 4
    typed = {"kind": "single", "vi": "Mấy lần?", "en": "", "choices": "Một | Once\nHai", "version": "3"}
    assert (await editor.post(f"{DESK}/cau-hoi/moi", f"{DESK}/cau-hoi/moi", typed)).status_code == 303
    for deed in ("down", "remove"):
        fields = {"question": "q1", "deed": deed, "version": "3"}
        assert (await editor.post(DESK, f"{DESK}/thu-tu", fields)).status_code == 303
    added, moved, removed = (
        one.body for one in editor.fake.calls("PUT", f"{API}/{surveyed.DRAFT}/questions")
    )
    assert added["questions"][-1] == {
        "name": "",
        "kind": "single",
        "vi": "Mấy lần?",
        "en": "",
        "required": False,
        "choices": [{"vi": "Một", "en": "Once"}, {"vi": "Hai", "en": ""}],
    }
    assert [one["name"] for one in moved["questions"]] == ["q2", "q1", "q3", "q4"]
    assert [one["name"] for one in removed["questions"]] == ["q2", "q3", "q4"]


async def test_r_sat_02_an_editor_begins_publishes_and_ends_a_survey(browse: Browse) -> None:
    editor = await browse().sign_in("coordinator")
    typed = {"kind": "consultation", "title_vi": "Mở thêm điểm tiếp nhận?", "audience": "everybody"}
    new = "/can-bo/khao-sat/moi"
    assert (await editor.post(new, new, typed)).headers["location"] == DESK
    assert "Ghi tên khảo sát" in (await editor.post(new, new, {**typed, "title_vi": ""})).text
    days = {"opens_on": "16/11/2026", "closes_on": "30/11/2026", "version": "3"}
    wrong = await editor.post(f"{DESK}/cong-bo", f"{DESK}/cong-bo", {**days, "closes_on": "mai"})
    assert 'href="#closes_on"' in wrong.text
    assert (await editor.post(f"{DESK}/cong-bo", f"{DESK}/cong-bo", days)).status_code == 303
    [call] = editor.fake.calls("POST", f"{API}/{surveyed.DRAFT}/publication")
    assert call.body == {"opens_on": "2026-11-16", "closes_on": "2026-11-30", "version": 3}
    ended = await editor.post(
        f"{DESK}/ket-thuc", f"{DESK}/ket-thuc", {"action": "discarding", "version": "3"}
    )
    assert ended.headers["location"] == "/can-bo/khao-sat"
    assert len(editor.fake.calls("POST", f"{API}/{surveyed.DRAFT}/discarding")) == 1
    assert "Bớt giấy tờ" in (await editor.get(f"/can-bo/khao-sat/{surveyed.CLOSED}")).text


async def test_r_org_05_a_difficulty_is_entered_from_a_question_or_feedback_by_one_link(
    browse: Browse,
) -> None:
    editor = await browse().sign_in("coordinator")
    book = book_out(declared_books()["difficulties"], "vi", can_keep=True).model_dump(mode="json")
    editor.fake.answers["GET /api/registers/books/difficulties"] = book
    places = {f"/can-bo/hoi-dap/{asked.NUMBER}": asked.NUMBER, f"/can-bo/phan-anh/{told.NUMBER}": told.NUMBER}
    for place, number in places.items():
        link = f"/can-bo/so/difficulties/ghi?about={number}"
        assert f'href="{link}"' in (await editor.get(place)).text
        assert f'value="{number}"' in (await editor.get(link)).text
    agency = await browse().sign_in("agency_head")
    assert "/can-bo/so/difficulties" not in (await agency.get(f"/can-bo/hoi-dap/{asked.NUMBER}")).text


async def test_r_sat_04_an_evaluation_is_begun_read_and_concluded(browse: Browse) -> None:
    editor = await browse().sign_in("coordinator")
    place, one = "/can-bo/danh-gia-co-quan", f"/can-bo/danh-gia-co-quan/{surveyed.EVALUATED}"
    begun = await editor.post(place, place, {"cycle": "quarter", "day": "30/09/2026"})
    assert begun.headers["location"] == one
    page = (await editor.get(one)).text
    assert all(words in page for words in ("97,5 %", "4,2 / 5", "trên 40 việc", "NB Đ.18.5"))
    assert "Ghi kết luận" in (await editor.post(one, one, {"conclusion": "", "version": "1"})).text
    words = {"conclusion": "Trả lời đúng hạn, giữ như hiện nay.", "version": "1"}
    assert (await editor.post(one, one, words)).status_code == 303
    [call] = editor.fake.calls("POST", f"{surveyed.EVALUATIONS}/{surveyed.EVALUATED}/closing")
    assert call.body == {"conclusion": words["conclusion"], "version": 1}
    auditor = await browse().sign_in("auditor")
    assert "<textarea" not in (await auditor.get(one)).text
