"""A code at the counter: sent to the person's telephone or mailbox, confirmed by the officer who asked for it."""

import uuid
from typing import Any

import pytest
from common.security import Verifier
from suite.testing import officer

CODES = "/api/identity/counter-codes"
PHONE, MAIL = "+84912345678", "anh@example.org"
MARK = "0" * 32
DESK = officer("desk_officer", agency="H99.1", subject="018f0000-0000-7000-8000-0000000000f1")
OTHER = officer("desk_officer", agency="H99.1", subject="018f0000-0000-7000-8000-0000000000f2")


async def asked(town: Any, to: str = PHONE, caller: Any = DESK, draft: str = "") -> Any:
    body = {"to": to, "draft": draft or str(uuid.uuid4()), "fingerprint": MARK}
    async with town.as_(caller) as web:
        return await web.post(CODES, json=body)


async def confirmed(town: Any, code_id: str, code: str, caller: Any = DESK) -> Any:
    async with town.as_(caller) as web:
        return await web.post(f"{CODES}/{code_id}/verification", json={"code": code})


def arrived(town: Any, to: str) -> str:
    """Give the code that came to a telephone or a mailbox."""
    if "@" in to:
        return str(town.mail.code(to))
    text = next(text for phone, text in reversed(town.texts.texts) if phone == to)
    return "".join(letter for letter in text if letter.isdigit())[:6]


@pytest.mark.parametrize(("typed", "to"), [("0912 345 678", PHONE), ("Anh@Example.org", MAIL)])
async def test_r_int_16_the_code_goes_to_the_person_and_its_statement_says_what_was_confirmed(
    town, typed, to
):
    draft = str(uuid.uuid4())
    sent = await asked(town, typed, draft=draft)
    assert sent.status_code == 202, sent.text
    assert arrived(town, to) not in sent.text, "the officer learns it from the person alone"
    for _ in range(2):  # sent again, it says the same
        answer = await confirmed(town, sent.json()["code_id"], arrived(town, to))
        assert answer.status_code == 200, answer.text
    async with town.as_() as web:
        verifier = Verifier.from_jwks((await web.get("/api/identity/jwks")).json())
    said = await verifier.stated(answer.json()["statement"], "motcua-counter-code")
    told = {name: said[name] for name in ("sub", "sent_to", "draft", "fingerprint")}
    assert told == {"sub": DESK.subject, "sent_to": to, "draft": draft, "fingerprint": MARK}


async def test_r_int_16_tries_and_time_are_bounded_and_the_code_is_the_officers_who_asked(town):
    sent = (await asked(town)).json()["code_id"]
    code = arrived(town, PHONE)
    assert (await confirmed(town, sent, code, OTHER)).json()["code"] == "code-wrong"
    wrong = "000000" if code != "000000" else "111111"
    assert [(await confirmed(town, sent, wrong)).json()["code"] for _ in range(5)] == ["code-wrong"] * 5
    assert (await confirmed(town, sent, code)).status_code == 429
    late = (await asked(town, MAIL)).json()["code_id"]
    town.clock.pass_(minutes=10)
    assert (await confirmed(town, late, arrived(town, MAIL))).json()["code"] == "code-wrong"


async def test_r_int_16_an_address_gets_five_codes_an_hour_and_only_a_desk_asks_for_one(town):
    assert [(await asked(town, caller=who)).status_code for who in (DESK, OTHER, DESK, OTHER, DESK)] == [
        202
    ] * 5
    assert (await asked(town, caller=OTHER)).json()["code"] == "code-sent-too-often"
    assert (await asked(town, "12")).status_code == 422
    assert (await asked(town, caller=officer("specialist", agency="H99.1"))).status_code == 403
    town.mail.down = True
    assert (await asked(town, MAIL)).json()["code"] == "code-not-delivered"


async def test_r_int_16_no_officer_confirms_for_somebody_else_by_a_code_to_himself(town, key):
    body = {"login": "quay.ma", "full_name": "Trần Văn Quầy", "id_number": "000190082001", "agency": "H99.1"}
    body |= {"email": "quay.ma@motcua.example", "roles": ["desk_officer"]}
    async with town.as_(officer("agency_admin", agency="H99.1", subject=OTHER.subject)) as web:
        made = await web.post("/api/identity/officers", json=body, headers=key())
    assert made.status_code == 201, made.text
    desk = officer("desk_officer", agency="H99.1", subject=made.json()["id"])
    for own in ("quay.ma@motcua.example", "Quay.Ma+1@motcua.example"):
        refused = await asked(town, own, caller=desk)
        assert (refused.status_code, refused.json()["code"]) == (422, "own-address")
    sent = [(await asked(town, f"anh{number}@example.org", caller=desk)).status_code for number in range(61)]
    assert sent == [202] * 60 + [429], "nobody at a counter has hands for more"
    town.clock.pass_(minutes=61)
    assert (await asked(town, "chi@example.org", caller=desk)).status_code == 202
