"""Whoever leaves a page for another one of the same task finds there again what was typed."""

import re
from collections.abc import Callable

import pytest
from portal_stage.fakes import problem
from portal_stage.samples import CODE, DRAFT, at, sample
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
PAPERS, REQUESTER = (f"/ban-nhap/{DRAFT}/khai/{page}" for page in ("papers", "requester"))
DRAFTS = f"/api/intake/drafts/{DRAFT}"
SUPPLEMENT = f"/ho-so-cua-toi/{CODE}/bo-sung"


@pytest.mark.parametrize(
    ("place", "wanted", "leads"),
    [
        (PAPERS, "paper-giay-chung-sinh", f"/ban-nhap/{DRAFT}/giay-to/giay-chung-sinh"),
        (REQUESTER, "overview", f"/ban-nhap/{DRAFT}"),
        (REQUESTER, "guide", "/huong-dan"),
        (REQUESTER, "back", f"/ban-nhap/{DRAFT}"),
    ],
)
async def test_a_page_of_questions_is_saved_before_it_is_left(
    browse: Browse, place: str, wanted: str, leads: str
) -> None:
    citizen = await browse().sign_in()
    page = (await citizen.get(place)).text
    assert re.search(f'<button class="[^"]+"(?: form="question-form")? name="next" value="{wanted}">', page)
    form = page[page.index('id="question-form"') : page.index("</form>", page.index('id="question-form"'))]
    assert page.index('<button hidden form="question-form">') < page.index('name="next"')
    assert "<a " not in form
    wrong = [{"field": "requester_name", "rule": "required", "message": "Hãy ghi họ tên."}]
    citizen.fake.answers[f"PUT {DRAFTS}/pages/*"] = sample("draft", problems=wrong)
    typed = {"requester_name": "Lê Thị Hương Giang"}
    sent = await citizen.post(place, place, {**typed, "next": wanted})
    assert sent.headers["location"].endswith(leads)
    [saved] = citizen.fake.calls("PUT", f"{DRAFTS}/pages/{place.rpartition('/')[2]}")
    assert place == PAPERS or saved.body["values"].items() >= typed.items()
    assert (await citizen.post(place, place, {**typed, "next": "//evil"})).status_code == 422


async def test_a_message_stays_beside_the_file_that_is_sent(browse: Browse) -> None:
    citizen = await browse().sign_in()
    asked = at("supplement_requested", requests=[sample("request")])
    citizen.fake.answers[f"GET /api/intake/dossiers/{CODE}"] = asked
    attached = f"POST /api/intake/dossiers/{CODE}/attachments"
    citizen.fake.answers[attached] = sample("draft")["attachments"][0]
    page = (await citizen.get(SUPPLEMENT)).text
    form = page[page.index(f'action="{SUPPLEMENT}"') :]
    form = form[: form.index("</form>")]
    assert f'formaction="{SUPPLEMENT}/giay-chung-sinh"' in form
    assert 'name="note"' in form
    paper, typed = f"{SUPPLEMENT}/giay-chung-sinh", {"note": "Ảnh chụp lại, rõ hơn"}
    empty = await citizen.post(SUPPLEMENT, paper, typed)
    assert (empty.status_code, f"{typed['note']}</textarea>" in empty.text) == (422, True)
    file = {"file-giay-chung-sinh": ("a.pdf", b"%PDF-1.4", "application/pdf")}
    sent = await citizen.post(SUPPLEMENT, paper, typed, files=file)
    assert (sent.status_code, f"{typed['note']}</textarea>" in sent.text) == (200, True)
    assert "Đã nhận tệp." in sent.text
    assert (await citizen.post(SUPPLEMENT, paper, {}, files=file)).headers["location"] == SUPPLEMENT
    [first, second] = citizen.fake.calls("POST", f"/api/intake/dossiers/{CODE}/attachments")
    assert b'filename="a.pdf"' in first.body
    assert b"giay-chung-sinh" in second.body


async def test_files_chosen_beside_the_answer_go_with_it_and_a_refused_one_is_named(browse: Browse) -> None:
    citizen = await browse().sign_in()
    asked = at("supplement_requested", requests=[sample("request")])
    citizen.fake.answers[f"GET /api/intake/dossiers/{CODE}"] = asked
    attached, answered = (
        f"/api/intake/dossiers/{CODE}/{way}" for way in ("attachments", "supplement-answer")
    )
    file = {"file-giay-chung-sinh": ("a.pdf", b"%PDF-1.4", "application/pdf")}
    citizen.fake.answers[f"POST {attached}"] = problem(422, "file-damaged", "Tệp “a.pdf” bị hỏng.")
    refused = await citizen.post(SUPPLEMENT, SUPPLEMENT, {"note": "Đây ạ"}, files=file)
    assert (refused.status_code, "Tệp “a.pdf” bị hỏng." in refused.text) == (422, True)
    assert 'href="#file-giay-chung-sinh"' in refused.text
    assert citizen.fake.calls("POST", answered) == []
    citizen.fake.answers[f"POST {attached}"] = sample("draft")["attachments"][0]
    sent = await citizen.post(SUPPLEMENT, SUPPLEMENT, {"note": "Đây ạ"}, files=file)
    assert sent.headers["location"] == f"/ho-so-cua-toi/{CODE}"
    assert b'filename="a.pdf"' in citizen.fake.calls("POST", attached)[-1].body
    [said] = citizen.fake.calls("POST", answered)
    assert said.body["note"] == "Đây ạ"


async def test_the_way_the_result_comes_is_kept_when_its_page_is_left_backwards(browse: Browse) -> None:
    citizen = await browse().sign_in()
    place = f"/ban-nhap/{DRAFT}/nhan-ket-qua"
    page = (await citizen.get(place)).text
    assert page.index('<button hidden form="channel-form">') < page.index('name="next" value="back"')
    typed = {"channel": "post", "address": "Số 5, đường Tràng An", "next": "back"}
    sent = await citizen.post(place, place, typed)
    assert sent.headers["location"] == f"/ban-nhap/{DRAFT}/giay-to"
    [kept] = citizen.fake.calls("PUT", f"{DRAFTS}/result-channel")
    assert kept.body == {"channel": "post", "address": "Số 5, đường Tràng An"}
    assert (await citizen.post(place, place, {"next": "back"})).headers["location"] == sent.headers[
        "location"
    ]
