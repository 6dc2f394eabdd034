"""Whoever leaves a page for another one of the same task finds there again what was typed."""

from collections.abc import Callable

import pytest
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
    ],
)
async def test_a_page_of_questions_is_saved_before_it_is_left(
    browse: Browse, place: str, wanted: str, leads: str
) -> None:
    citizen = await browse().sign_in()
    page = (await citizen.get(place)).text
    assert f'<button class="mc-link-button" name="next" value="{wanted}">' in page
    form = page[page.index('id="question-form"') : page.index("</form>", page.index('id="question-form"'))]
    assert form.index("<button hidden>") < form.index('name="next"')
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
