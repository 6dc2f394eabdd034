"""A form that finds a service away or too busy is never lost: it is shown, or kept, to be sent again."""

import re
from collections.abc import Callable

import pytest
from portal_stage.fakes import FakeServices, problem
from portal_stage.samples import CODE, DRAFT
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
PAGE = f"/can-bo/tiep-nhan/{CODE}/tu-choi"
REFUSAL = f"POST /api/intake/dossiers/{CODE}/refusal"
TYPED = {"reason": 'Thiếu "giấy tờ" gốc', "legal_basis": "Điều 16"}
AGAIN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def away() -> object:
    return problem(503, "overloaded", "Bận.")


@pytest.mark.parametrize(("prefix", "words"), [("", "Hệ thống đang bận"), ("/en", "The system is busy")])
async def test_the_form_itself_is_shown_again_with_one_sentence_and_the_same_key(
    browse: Browse, prefix: str, words: str
) -> None:
    officer = await browse().sign_in("desk_officer")
    officer.fake.answers[REFUSAL] = away()
    answer = await officer.post(prefix + PAGE, prefix + PAGE, {**TYPED, "request_key": "k-1"})
    assert answer.status_code == 503
    assert 10 <= int(answer.headers["retry-after"]) <= 19
    assert words in answer.text
    assert "Thiếu &#34;giấy tờ&#34; gốc" in answer.text
    assert 'name="request_key" value="k-1"' in answer.text


async def test_where_even_the_form_cannot_be_shown_what_was_typed_is_sent_again_by_one_button(
    browse: Browse,
) -> None:
    officer = await browse().sign_in("desk_officer")
    shown, world = await officer.get(PAGE), dict(officer.fake.answers)
    token = re.search(r'name="form_token" value="([^"]+)"', shown.text)
    assert token is not None
    officer.fake.answers = {"GET *": away(), "POST *": away()}
    sent = {**TYPED, "request_key": "k-2", "form_token": token[1]}
    answer = await officer.client.post(PAGE, data=sent)
    assert answer.status_code == 503
    assert 10 <= int(answer.headers["retry-after"]) <= 19
    assert f'action="{PAGE}"' in answer.text
    kept = {name: value.replace("&#34;", '"') for name, value in AGAIN.findall(answer.text)}
    assert kept.items() >= {**TYPED, "request_key": "k-2"}.items()
    officer.fake.answers = {**world, REFUSAL: problem(409, "dossier-changed", "Đã đổi.")}
    await officer.client.post(PAGE, data=kept)
    [again] = officer.fake.calls(*REFUSAL.split())[-1:]
    assert (again.headers["idempotency-key"], again.body["reason"]) == ("k-2", TYPED["reason"])


async def test_a_password_is_typed_anew_and_stands_in_no_page(browse: Browse) -> None:
    visitor = browse()
    visitor.fake.answers["POST /api/identity/sessions"] = away()
    answer = await visitor.post("/dang-nhap", "/dang-nhap", {"login": "lan@x.vn", "password": "Bi-mat-1"})
    assert answer.status_code == 503
    assert "lan@x.vn" in answer.text
    assert "Bi-mat-1" not in answer.text


async def test_a_submission_that_met_a_busy_service_is_sent_again_under_its_key(browse: Browse) -> None:
    citizen = await browse().sign_in()
    citizen.fake.answers["POST /api/intake/dossiers"] = away()
    review = f"/ban-nhap/{DRAFT}/xem-lai"
    answer = await citizen.post(review, f"/ban-nhap/{DRAFT}/nop", {"agree": "true", "request_key": "k-3"})
    assert answer.status_code == 503
    assert 'name="request_key" value="k-3"' in answer.text


async def test_a_form_of_another_site_gets_nothing_back(browse: Browse) -> None:
    officer = await browse(FakeServices({})).get(PAGE)
    assert officer.status_code in (303, 404)
    signed = await browse().sign_in("desk_officer")
    signed.fake.answers = {"GET *": away(), "POST *": away()}
    answer = await signed.client.post(PAGE, data=TYPED, headers={"Origin": "https://evil.example"})
    assert "Thiếu" not in answer.text
