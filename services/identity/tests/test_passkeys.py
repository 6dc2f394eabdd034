"""Passkeys of officers: how one is added, shown and lost, and every answer that is no answer."""

import copy
import itertools
import json
from dataclasses import replace
from typing import Any

import pyotp
import pytest
import pytest_asyncio
from identity.domain.passkeys import Site, looks_copied
from identity.usecases.forget_expired import forget_spent
from identity.usecases.seed_accounts import seed_accounts
from sqlalchemy import text
from suite.testing import officer
from suite.testing.authenticator import SoftKey

PASSWORD = "Mot mat ma dai"
FACTOR = "/api/identity/me/second-factor"
KEYS = f"{FACTOR}/passkeys"
NUMBERS = itertools.count(1)


@pytest_asyncio.fixture(name="town", loop_scope="session")
async def strict_town(town: Any) -> Any:
    """Give a service that asks signers for a second factor."""
    rules = replace(town.app.state.built.rules, second_factor=frozenset({"signer"}))
    town.app.state.built = replace(town.app.state.built, rules=rules)
    return town


async def an_officer(town: Any, role: str = "signer") -> tuple[str, dict[str, Any]]:
    """Make an officer; give the sign-in name and the tokens of a first sign-in."""
    login = f"khoa{next(NUMBERS)}.hoalu"
    entry = {
        "kind": "officer",
        "login": login,
        "full_name": "Hoàng Văn Bình",
        "id_number": f"0372066{next(NUMBERS):05d}",
        "email": f"{login}@motcua.example",
        "agency": "H42.101",
        "unit": "lanh-dao",
        "roles": [role],
        "scope": "agency",
        "password": PASSWORD,
    }
    async with town.database.sessions.begin() as session:
        await seed_accounts(session, [entry], passwords=town.app.state.built.passwords, now=town.clock.now)
    return login, await come_in(town, login)


async def come_in(town: Any, login: str) -> dict[str, Any]:
    return dict((await town.sign_in(login, PASSWORD)).json())


async def options(http: Any, what: str) -> dict[str, Any]:
    answer = await http.post(f"{KEYS}/{what}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["public_key"])


async def add(town: Any, tokens: dict[str, Any], key: SoftKey, name: str = "Khóa USB") -> Any:
    http = await town.with_token(tokens)
    asked = await options(http, "offer")
    return await http.post(KEYS, json={"name": name, "credential": key.made(asked)})


async def show(town: Any, tokens: dict[str, Any], key: SoftKey) -> Any:
    http = await town.with_token(tokens)
    return await http.post(f"{KEYS}/proof", json={"credential": key.shown(await options(http, "challenge"))})


async def with_key(town: Any, role: str = "signer") -> tuple[str, SoftKey, dict[str, Any]]:
    """Make an officer with one passkey; give the sign-in name, the passkey, and what adding it answered."""
    login, tokens = await an_officer(town, role)
    key = SoftKey()
    added = await add(town, tokens, key)
    assert added.status_code == 200, added.text
    return login, key, added.json()


def code_of(answer: Any) -> str:
    return str(answer.json()["code"])


async def actions(town: Any, who: str) -> list[str]:
    async with town.database.sessions() as session:
        rows = text("select action from access_entry where account_id = :who order by id")
        return list(await session.scalars(rows, {"who": who}))


async def outcomes(town: Any, who: str, route: str) -> list[int]:
    async with town.database.sessions() as session:
        rows = text("select outcome from audit_line where actor = :who and route = :route order by seq")
        return list(await session.scalars(rows, {"who": who, "route": route}))


def test_s12_passkeys_belong_to_the_public_address_unless_said_otherwise() -> None:
    assert Site.of("https://dichvucong.example:444/x") == Site(
        "dichvucong.example", frozenset({"https://dichvucong.example:444"})
    )
    assert Site.of("http://127.0.0.1:8080").domain == "localhost"
    two = Site.of("https://a.example", "example", ["https://can-bo.example", "https://a.example/"])
    assert two == Site("example", frozenset({"https://can-bo.example", "https://a.example"}))


@pytest.mark.parametrize(
    ("kept", "told", "copied"), [(0, 0, False), (0, 1, False), (5, 6, False), (5, 5, True), (5, 0, True)]
)
def test_s12_a_counter_that_does_not_go_on_is_that_of_a_copy(kept: int, told: int, copied: bool) -> None:
    assert looks_copied(kept, told) is copied


async def test_s12_a_passkey_is_a_second_factor_like_the_app(town: Any) -> None:
    login, tokens = await an_officer(town)
    assert tokens["owes"] == "enrolment"
    asked = await options(await town.with_token(tokens), "offer")
    assert asked["attestation"] == "none"
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["rp"]["id"] == "localhost"
    key = SoftKey()
    added = await add(town, tokens, key)
    assert added.status_code == 200, added.text
    assert added.json()["tokens"]["owes"] == ""
    assert len(added.json()["recovery_codes"]) == 10
    again = await come_in(town, login)
    assert again["owes"] == "proof"
    closed = await town.with_token(again)
    assert code_of(await closed.get("/api/identity/me")) == "second-factor-required"
    assert (await options(closed, "challenge"))["userVerification"] == "required"
    opened = await show(town, again, key)
    assert opened.status_code == 200, opened.text
    assert opened.json()["owes"] == ""
    listed = (await (await town.with_token(opened.json())).get(KEYS)).json()
    assert (listed["app"], [one["name"] for one in listed["items"]]) == (False, ["Khóa USB"])
    assert listed["items"][0]["last_used_at"] is not None
    who = tokens["account"]["id"]
    assert (await actions(town, who))[1:] == ["passkey_added", "signed_in", "factor_proven"]


async def test_s12_the_first_factor_ends_what_a_password_alone_had_opened(town: Any) -> None:
    login, tokens = await an_officer(town)
    other = await come_in(town, login)
    await add(town, tokens, SoftKey())
    renewal = {"refresh_token": other["refresh_token"]}
    async with town.as_() as web:
        assert (await web.post("/api/identity/sessions/refresh", json=renewal)).status_code == 401


async def test_s12_a_recovery_code_helps_who_has_passkeys_only(town: Any) -> None:
    login, _, added = await with_key(town)
    again = await come_in(town, login)
    http = await town.with_token(again)
    opened = await http.post(f"{FACTOR}/proof", json={"code": added["recovery_codes"][0]})
    assert opened.json()["owes"] == ""
    assert code_of(await http.post(f"{FACTOR}/proof", json={"code": "123456"})) == "factor-wrong"


async def test_s12_app_and_passkey_stand_side_by_side_with_one_set_of_codes(town: Any) -> None:
    login, key, added = await with_key(town)
    mine = await town.with_token(added["tokens"])
    app = pyotp.TOTP((await mine.post(FACTOR)).json()["key"])
    confirmed = await mine.post(f"{FACTOR}/confirmation", json={"code": app.at(town.clock.now)})
    assert confirmed.json()["recovery_codes"] == []
    told = (await mine.get(FACTOR)).json()
    assert (told["enrolled"], told["codes_left"]) == (True, 10)
    town.clock.pass_(seconds=60)
    for tokens in (await come_in(town, login), await come_in(town, login)):
        assert tokens["owes"] == "proof"
    by_app = await town.with_token(tokens)
    proof = await by_app.post(f"{FACTOR}/proof", json={"code": app.at(town.clock.now)})
    assert proof.json()["owes"] == ""
    assert (await show(town, await come_in(town, login), key)).json()["owes"] == ""


async def later(town: Any, tokens: dict[str, Any]) -> dict[str, Any]:
    """Give the tokens of the same sign-in, eleven minutes after its factor was shown."""
    async with town.database.sessions.begin() as session:
        back = "update sign_in_session set proven_at = proven_at - interval '11 minutes' where id = :id"
        await session.execute(text(back), {"id": tokens["session_id"]})
    async with town.as_() as web:
        renewal = {"refresh_token": tokens["refresh_token"]}
        return dict((await web.post("/api/identity/sessions/refresh", json=renewal)).json())


async def test_s12_another_factor_is_added_or_taken_away_only_with_one_shown_just_now(town: Any) -> None:
    _, key, added = await with_key(town)
    old = await later(town, added["tokens"])
    http = await town.with_token(old)
    mine = (await http.get(KEYS)).json()["items"][0]["id"]
    for answer in (
        await http.post(f"{KEYS}/offer"),
        await http.post(FACTOR),
        await http.delete(f"{KEYS}/{mine}"),
    ):
        assert (answer.status_code, code_of(answer)) == (403, "step-up-required")
    fresh = (await show(town, old, key)).json()
    assert (await add(town, fresh, SoftKey(), "Điện thoại")).status_code == 200


async def test_s12_who_must_have_a_factor_keeps_the_last_one(town: Any) -> None:
    _, _, added = await with_key(town)
    second = (await add(town, added["tokens"], SoftKey(), "Điện thoại")).json()
    assert second["recovery_codes"] == []
    http = await town.with_token(second["tokens"])
    first, other = [one["id"] for one in (await http.get(KEYS)).json()["items"]]
    assert (await http.delete(f"{KEYS}/{first}")).status_code == 204
    refused = await http.delete(f"{KEYS}/{other}")
    assert (refused.status_code, code_of(refused)) == (409, "last-factor")
    assert (await http.delete(f"{KEYS}/{first}")).status_code == 404
    who = second["tokens"]["account"]["id"]
    assert (await actions(town, who))[-1] == "passkey_removed"
    assert await outcomes(town, who, f"DELETE {KEYS}/{{passkey_id}}") == [200, 409, 404]


async def test_s12_who_needs_none_may_remove_the_last_one_and_signs_in_by_one_step_again(town: Any) -> None:
    login, _, added = await with_key(town, "specialist")
    http = await town.with_token(added["tokens"])
    mine = (await http.get(KEYS)).json()["items"][0]["id"]
    assert (await http.delete(f"{KEYS}/{mine}")).status_code == 204
    told = (await http.get(FACTOR)).json()
    assert told == {
        "enrolled": False,
        "mandatory": False,
        "app_since": None,
        "passkey_count": 0,
        "codes_left": 0,
    }
    assert (await come_in(town, login))["owes"] == ""


async def test_s3_nobody_shows_or_removes_the_passkey_of_another(town: Any) -> None:
    login, _, _ = await with_key(town)
    _, theirs, added = await with_key(town)
    tokens = await come_in(town, login)
    assert code_of(await show(town, tokens, theirs)) == "passkey-wrong"
    http = await town.with_token(added["tokens"])
    mine = (await http.get(KEYS)).json()["items"][0]["id"]
    _, own, fresh = await with_key(town)
    stranger = await town.with_token(fresh["tokens"])
    assert (await stranger.delete(f"{KEYS}/{mine}")).status_code == 404
    again = copy.copy(theirs)
    assert code_of(await add(town, fresh["tokens"], again)) == "passkey-known"
    assert len((await http.get(KEYS)).json()["items"]) == 1
    assert own.credential_id != theirs.credential_id


FALSE: dict[str, dict[str, Any]] = {
    "another origin": {"origin": "https://motcua.example"},
    "the same host by another port": {"origin": "http://localhost:9999"},
    "another domain": {"domain": "motcua.example"},
    "nobody verified": {"verified": False},
    "a page in a frame": {"cross_origin": True},
}


@pytest.mark.parametrize("false", FALSE.values(), ids=FALSE)
async def test_s12_an_answer_from_elsewhere_is_none(town: Any, false: dict[str, Any]) -> None:
    _, tokens = await an_officer(town)
    assert code_of(await add(town, tokens, SoftKey(**false))) == "passkey-wrong"
    login, key, _ = await with_key(town)
    again = await come_in(town, login)
    assert code_of(await show(town, again, replace(key, **false))) == "passkey-wrong"
    assert (await show(town, again, key)).status_code == 200
    route = f"POST {KEYS}/proof"
    assert await outcomes(town, again["account"]["id"], route) == [422, 200]


async def test_s12_a_challenge_counts_once_soon_and_in_its_own_sign_in(town: Any) -> None:
    login, key, _ = await with_key(town)
    here, there = [await town.with_token(await come_in(town, login)) for _ in range(2)]

    async def send(http: Any, answer: str) -> Any:
        return await http.post(f"{KEYS}/proof", json={"credential": answer})

    used = key.shown(await options(here, "challenge"))
    assert (await send(here, used)).status_code == 200
    assert code_of(await send(here, used)) == "passkey-wrong"
    stolen = key.shown(await options(here, "challenge"))
    assert code_of(await send(there, stolen)) == "passkey-wrong"
    older = key.shown(await options(here, "challenge"))
    newer = key.shown(await options(here, "challenge"))
    assert code_of(await send(here, older)) == "passkey-wrong"
    assert code_of(await send(here, newer)) == "passkey-wrong"  # the try before used it up
    late = key.shown(await options(here, "challenge"))
    town.clock.pass_(minutes=5)
    assert code_of(await send(here, late)) == "passkey-wrong"
    town.clock.pass_(minutes=20)
    assert (await send(here, key.shown(await options(here, "challenge")))).status_code == 200


async def test_s12_an_answer_for_one_ceremony_is_none_for_the_other(town: Any) -> None:
    _, key, added = await with_key(town)
    http = await town.with_token(added["tokens"])
    made = SoftKey().made(await options(http, "challenge"))
    assert code_of(await http.post(KEYS, json={"name": "x", "credential": made})) == "passkey-wrong"
    shown = key.shown(await options(http, "offer"))
    assert code_of(await http.post(f"{KEYS}/proof", json={"credential": shown})) == "passkey-wrong"


async def test_s12_a_forged_signature_or_another_key_is_no_answer(town: Any) -> None:
    login, key, _ = await with_key(town)
    forged = SoftKey(credential_id=key.credential_id)
    tokens = await come_in(town, login)
    assert code_of(await show(town, tokens, forged)) == "passkey-wrong"
    http = await town.with_token(tokens)
    answer = json.loads(key.shown(await options(http, "challenge")))
    answer["response"]["signature"] = answer["response"]["signature"][:-8] + "AAAAAAAA"
    body = {"credential": json.dumps(answer)}
    assert code_of(await http.post(f"{KEYS}/proof", json=body)) == "passkey-wrong"


@pytest.mark.parametrize(
    "sent", ["{}", "[]", "null", "x" * 50, '{"id": 1}', '{"rawId":"é","response":{}}', "[" * 9000]
)
async def test_s12_whatever_is_sent_breaks_nothing(town: Any, sent: str) -> None:
    _, _, added = await with_key(town)
    http = await town.with_token(added["tokens"])
    await options(http, "challenge")
    await options(http, "offer")
    assert code_of(await http.post(f"{KEYS}/proof", json={"credential": sent})) == "passkey-wrong"
    added_ = await http.post(KEYS, json={"name": "x", "credential": sent})
    assert code_of(added_) == "passkey-wrong"


async def test_s12_a_copied_passkey_opens_nothing_any_more_and_its_owner_is_told(town: Any) -> None:
    login, key, added = await with_key(town)
    copy_ = copy.copy(key)
    for _ in range(2):
        assert (await show(town, await come_in(town, login), key)).status_code == 200
    tokens = await come_in(town, login)
    assert code_of(await show(town, tokens, copy_)) == "passkey-copied"
    who = tokens["account"]["id"]
    assert (await actions(town, who))[-1] == "passkey_copied"
    http = await town.with_token(tokens)
    assert (await http.post(f"{KEYS}/challenge")).status_code == 404
    assert (await come_in(town, login))["owes"] == "proof"  # and the password alone is no way in either
    opened = await http.post(f"{FACTOR}/proof", json={"code": added["recovery_codes"][0]})
    listed = (await (await town.with_token(opened.json())).get(KEYS)).json()["items"]
    assert listed[0]["copied_at"] is not None


async def test_s12_a_device_that_never_counts_is_no_copy(town: Any) -> None:
    login, tokens = await an_officer(town)
    key = SoftKey(counts=False)
    await add(town, tokens, key)
    for _ in range(2):
        assert (await show(town, await come_in(town, login), key)).status_code == 200


async def test_s17_five_wrong_answers_lock_the_app_and_the_passkeys_together(town: Any) -> None:
    login, key, _ = await with_key(town)
    tokens = await come_in(town, login)
    forged = SoftKey(credential_id=key.credential_id)
    said = [code_of(await show(town, tokens, forged)) for _ in range(5)]
    assert said == ["passkey-wrong"] * 5
    assert code_of(await show(town, tokens, key)) == "sign-in-locked"
    http = await town.with_token(tokens)
    assert code_of(await http.post(f"{FACTOR}/proof", json={"code": "000000"})) == "sign-in-locked"
    route = f"POST {KEYS}/proof"
    assert await outcomes(town, tokens["account"]["id"], route) == [422] * 5 + [429]


async def test_s12_an_administrator_clears_passkeys_with_all_the_rest(town: Any) -> None:
    login, _, added = await with_key(town)
    who = added["tokens"]["account"]["id"]
    admin = officer("agency_admin", agency="H42.101", subject="018f0000-0000-7000-8000-0000000000ca")
    async with town.as_(admin) as web:
        standing = (await web.get(f"/api/identity/officers/{who}/standing")).json()
        assert standing["enrolled"]
        body = {"reason": "Mất khóa, gặp trực tiếp"}
        assert (await web.post(f"/api/identity/officers/{who}/factor-clearing", json=body)).status_code == 204
    assert (await come_in(town, login))["owes"] == "enrolment"


async def test_s12_ten_passkeys_are_enough(town: Any) -> None:
    _, _, added = await with_key(town)
    tokens = added["tokens"]
    for number in range(2, 11):
        tokens = (await add(town, tokens, SoftKey(), f"Khóa {number}")).json()["tokens"]
    http = await town.with_token(tokens)
    assert code_of(await http.post(f"{KEYS}/offer")) == "too-many-passkeys"


async def test_a_citizen_has_no_passkey_here(town: Any) -> None:
    _, tokens = await town.registered()
    assert (await (await town.with_token(tokens)).post(f"{KEYS}/offer")).status_code == 403


async def test_challenges_nobody_answered_are_forgotten(town: Any) -> None:
    _, tokens = await an_officer(town)
    await options(await town.with_token(tokens), "offer")
    count = text("select count(*) from passkey_challenge where session_id = :id")
    async with town.database.sessions.begin() as session:
        assert await session.scalar(count, {"id": tokens["session_id"]}) == 1
        town.clock.pass_(days=2)
        await forget_spent(session, town.clock.now)
        assert await session.scalar(count, {"id": tokens["session_id"]}) == 0
