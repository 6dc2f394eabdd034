"""At the counter a code is sent and read aloud instead of a signature, on the same page and without script."""

from collections.abc import Callable

from portal_stage.fakes import problem
from portal_stage.samples import CODE, DRAFT, at, sample
from portal_stage.site import Visitor
from starlette.responses import Response

Browse = Callable[..., Visitor]
FORM, API = f"/can-bo/quay/{DRAFT}", "/api/intake/counter"
CODES = "/api/identity/counter-codes"
MARK = "0" * 32
WHOLE = {"way": "desk", "confirmation": "code", "result_channel": "counter", "agree": "true"}


async def clerk(browse: Browse) -> Visitor:
    officer = await browse().sign_in("desk_officer")
    officer.fake.answers[f"GET /api/intake/dossiers/{CODE}"] = at("submitted", "desk_officer")
    answers = {"requester_phone": "+84912345678", "requester_email": "anh@example.org"}
    officer.fake.answers[f"GET {API}/drafts/{DRAFT}"] = sample("draft", answers=answers, fingerprint=MARK)
    return officer


async def test_r_int_16_a_code_is_sent_to_who_is_declared_and_what_it_confirmed_goes_with_the_dossier(
    browse: Browse,
) -> None:
    officer = await clerk(browse)
    page = (await officer.post(FORM, FORM, {**WHOLE, "next": "code"})).text
    asked = officer.fake.calls("POST", CODES)[-1].body
    assert (asked["to"], asked["draft"], asked["fingerprint"]) == ("+84912345678", DRAFT, MARK)
    for words in ("…678", 'name="code_id" value="cc-1"', 'value="code" checked'):
        assert words in page, words
    typed = {**WHOLE, "code_id": "cc-1", "code": "123 456", "next": "submit"}
    assert (await officer.post(FORM, FORM, typed)).status_code == 303
    assert officer.fake.calls("POST", f"{CODES}/cc-1/verification")[-1].body == {"code": "123 456"}
    body = officer.fake.calls("POST", f"{API}/dossiers")[-1].body
    assert (body["confirmation"], body["code_statement"]) == ("code", "confirmed")


async def test_r_int_16_without_text_messages_the_code_goes_by_mail_and_else_the_paper_is_signed(
    browse: Browse,
) -> None:
    officer = await clerk(browse)
    sent = officer.fake.answers[f"POST {CODES}"]

    def only_mail(asked):
        return sent if "@" in asked.body["to"] else Response(status_code=503)

    officer.fake.answers[f"POST {CODES}"] = only_mail
    assert "…678" in (await officer.post(FORM, FORM, {**WHOLE, "next": "code"})).text
    officer.fake.answers[f"POST {CODES}"] = Response(status_code=503)
    page = await officer.post(FORM, FORM, {**WHOLE, "next": "code"})
    assert (page.status_code, "Hãy để người nộp ký giấy" in page.text) == (422, True)


async def test_r_int_16_a_missing_or_wrong_code_is_told_at_its_question(browse: Browse) -> None:
    officer = await clerk(browse)
    typed = {**WHOLE, "code_id": "cc-1", "code_ending": "678", "next": "submit"}
    page = await officer.post(FORM, FORM, typed)
    assert (page.status_code, "nhập mã người nộp đọc" in page.text) == (422, True)
    officer.fake.answers[f"POST {CODES}/cc-1/verification"] = problem(
        422, "code-wrong", "Mã sai.", [{"field": "code", "rule": "one-time-code", "message": "Mã sai."}]
    )
    page = await officer.post(FORM, FORM, {**typed, "code": "000000"})
    assert (page.status_code, "Mã sai." in page.text) == (422, True)
    assert officer.fake.calls("POST", f"{API}/dossiers") == []
    signed = {**WHOLE, "confirmation": "signature", "next": "submit"}
    await officer.post(FORM, FORM, signed)
    assert officer.fake.calls("POST", f"{API}/dossiers")[-1].body["confirmation"] == "signature"
