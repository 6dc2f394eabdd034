"""A token says by keyed marks what its account proved, and never a number."""

import base64
import json
from dataclasses import replace
from typing import Any

import pytest
from regulation.proofs import proof_marks
from suite.testing import officer

KEY, ME = "the key that qa has too", "/api/identity/me"


@pytest.fixture
def keyed(town: Any) -> Any:
    """Give a service with the key of marks."""
    town.app.state.built = replace(town.app.state.built, proof_key=KEY)
    return town


def said(tokens: dict[str, Any]) -> dict[str, Any]:
    """Read what a token says."""
    middle = tokens["access_token"].split(".")[1]
    read: dict[str, Any] = json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
    return read


async def test_r_qna_03_a_token_says_by_marks_what_its_account_proved(keyed: Any) -> None:
    body, tokens = await keyed.registered()
    told, phone = said(tokens), f"+84{body['phone'][1:]}"
    proved = {"id_number": body["id_number"], "email": body["email"]}
    assert set(told["prf"]) == proof_marks(KEY, {**proved, "phone": phone})
    assert not any(number in json.dumps(told) for number in (*proved.values(), phone[3:]))
    mine, again = await keyed.with_token(tokens), {"current": body["password"]}
    moved = await mine.patch(ME, json={"version": 1, "phone": "0987000111", **again})
    assert (moved.status_code, moved.json()["phone_proven"]) == (200, False)
    new = (await keyed.sign_in(body["email"], body["password"])).json()
    assert set(said(new)["prf"]) == proof_marks(KEY, proved), "nobody answered from the new telephone yet"
    asked = await mine.post(f"{ME}/phone-proofs", json=again)
    code = keyed.texts.texts[-1][1].split(": ")[1][:6]
    done = await mine.post(f"{ME}/phone-proofs/{asked.json()['proof_id']}/verification", json={"code": code})
    assert done.status_code == 200, done.text
    new = (await keyed.sign_in(body["email"], body["password"])).json()
    assert set(said(new)["prf"]) == proof_marks(KEY, {**proved, "phone": "+84987000111"})


async def test_without_a_key_and_of_officers_a_token_says_nothing_of_it(town: Any) -> None:
    _, tokens = await town.registered()
    assert said(tokens)["prf"] == []


def test_a_caller_gives_its_marks_on(town: Any) -> None:
    who = replace(officer("desk_officer"), proofs=frozenset({"b", "a"}))
    assert who.claims()["prf"] == ["a", "b"]
