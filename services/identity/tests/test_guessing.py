"""Guessing a password or a code: counted per account found and per network, and no stranger locks anybody out."""

import itertools
from typing import Any

import pytest
from identity.models import AccessEntry, Action
from identity.usecases.seed_accounts import seed_accounts
from sqlalchemy import func, select
from suite.testing import captured_logs

PASSWORD = "Mot mat ma dai"
NUMBERS = itertools.count(1)
RESETS = "/api/identity/password-resets"


async def officer(town: Any, **changed: Any) -> str:
    """Make an officer and give the sign-in name."""
    number = next(NUMBERS)
    entry = {
        "kind": "officer",
        "login": f"doan{number}.hoalu",
        "full_name": "Lê Thị Mai",
        "id_number": f"0371977{number:05d}",
        "email": f"doan{number}@motcua.example",
        "agency": "H42.101",
        "unit": "mot-cua",
        "roles": ["desk_officer"],
        "scope": "agency",
        "password": PASSWORD,
        **changed,
    }
    async with town.database.sessions.begin() as session:
        await seed_accounts(session, [entry], passwords=town.app.state.built.passwords, now=town.clock.now)
    return str(entry["login"])


def code_of(answer: Any) -> str:
    return str(answer.json()["code"])


def spellings(phone: str) -> list[str]:
    """Write one telephone in many ways."""
    bare = phone[1:]
    return [phone, f"+84{bare}", f"84{bare}", f"0 {bare}", f"0.{bare}", f"+84 {bare}", f"(0){bare}"]


async def test_s17_every_spelling_of_a_telephone_is_one_account(town: Any) -> None:
    body, _ = await town.registered()
    names = spellings(body["phone"])
    assert (await town.sign_in(names[3], body["password"])).status_code == 200
    judged = [await town.sign_in(name, "wrong") for name in (*names, body["email"], body["id_number"])]
    assert [code_of(answer) for answer in judged].count("sign-in-refused") == 3
    assert {code_of(answer) for answer in judged[3:]} == {"work-required"}


@pytest.mark.parametrize("door", ["citizen", "officer"])
async def test_s17_the_wrong_door_says_what_a_wrong_password_hears(town: Any, door: str) -> None:
    body, _ = await town.registered()
    login, password = (
        (await officer(town), PASSWORD) if door == "citizen" else (body["email"], body["password"])
    )
    right = await town.sign_in(login, password, door=door)
    wrong = await town.sign_in(login, "wrong", door=door)
    assert (right.status_code, code_of(right)) == (401, "sign-in-refused")
    assert {**right.json(), "trace_id": None} == {**wrong.json(), "trace_id": None}
    other = "officer" if door == "citizen" else "citizen"
    assert (await town.sign_in(login, password, door=other)).status_code == 200


async def test_s17_a_stranger_locks_no_officer_out_and_only_his_own_network(town: Any, solved: Any) -> None:
    login = await officer(town)
    with captured_logs() as said:
        for _ in range(5):
            await town.sign_in(login, "wrong", address="198.51.100.40", work=await solved(town))
    locked = [one for one in said if one["event"] == "sign-in locked"]
    assert [one["network"] for one in locked] == ["198.51.100.40"]
    assert login not in str(locked)
    there = await town.sign_in(login, PASSWORD, address="198.51.100.40", work=await solved(town))
    assert code_of(there) == "sign-in-locked"
    assert (await town.sign_in(login, PASSWORD, address="198.51.100.41")).status_code == 200
    async with town.database.sessions() as session:
        told = select(func.count()).where(AccessEntry.action == Action.SIGN_IN_LOCKED)
        assert await session.scalar(told)


async def test_s17_a_known_device_passes_where_a_colleague_has_locked_the_network(
    town: Any, solved: Any
) -> None:
    login = await officer(town)
    device = (await town.sign_in(login, PASSWORD, device="")).json()["device"]
    for _ in range(5):
        await town.sign_in(login, "wrong", work=await solved(town))
    assert code_of(await town.sign_in(login, PASSWORD, work=await solved(town))) == "sign-in-locked"
    again = await town.sign_in(login, PASSWORD, device=device)
    assert (again.status_code, again.json()["device"]) == (200, None)
    # A stolen device has five tries like everybody.
    for _ in range(5):
        await town.sign_in(login, "wrong", device=device, work=await solved(town))
    assert code_of(await town.sign_in(login, PASSWORD, device=device)) == "sign-in-locked"
    forged = await town.sign_in(login, PASSWORD, device="a" * 43, work=await solved(town))
    assert code_of(forged) == "sign-in-locked"


async def test_s17_many_networks_meet_the_count_of_the_account_and_its_owner_does_not(
    town: Any, solved: Any
) -> None:
    body, _ = await town.registered()
    assert (await town.sign_in(body["email"], body["password"], address="192.0.2.200")).status_code == 200
    answers = [
        await town.sign_in(body["email"], "wrong", address=f"198.51.{n}.1", work=await solved(town))
        for n in range(105)
    ]
    assert [code_of(answer) for answer in answers].count("sign-in-refused") == 100
    assert code_of(answers[-1]) == "sign-in-locked"
    assert (await town.sign_in(body["email"], body["password"], address="192.0.2.200")).status_code == 200


async def test_s51_wrong_codes_count_for_the_address_over_all_doors(town: Any) -> None:
    there = "198.51.100.77"
    async with town.as_(address=there) as visitor:
        for _ in range(5):
            lost = (await visitor.post(RESETS, json={"login": "khong.co@example.vn"})).json()["reset_id"]
            for _ in range(4):
                await visitor.post(
                    f"{RESETS}/{lost}/confirmation",
                    json={"code": "000000", "password": "Mot cau that la dai"},
                )
    body, _ = await town.registered()
    assert code_of(await town.sign_in(body["email"], body["password"], address=there)) == "work-required"


async def reset(town: Any, login: str) -> str:
    async with town.as_() as visitor:
        answer = await visitor.post(RESETS, json={"login": login})
        assert answer.status_code == 202
        return str(answer.json()["reset_id"])


async def confirmed(town: Any, identifier: str, code: str) -> Any:
    async with town.as_() as visitor:
        body = {"code": code, "password": "Mot cau that la dai"}
        return await visitor.post(f"{RESETS}/{identifier}/confirmation", json=body)


async def test_s17_a_new_reset_voids_the_older_one(town: Any) -> None:
    body, _ = await town.registered()
    first = await reset(town, body["email"])
    code = town.mail.code(body["email"])
    second = await reset(town, body["email"])
    assert code_of(await confirmed(town, first, code)) == "code-wrong"
    assert (await confirmed(town, second, town.mail.code(body["email"]))).status_code == 204


async def test_s17_an_account_has_five_codes_an_hour_whoever_asks(town: Any) -> None:
    body, _ = await town.registered()
    before = len(town.mail.letters)
    asked = [await reset(town, body["email"]) for _ in range(8)]
    assert len(town.mail.letters) - before == 5
    newest = town.mail.code(body["email"])
    assert code_of(await confirmed(town, asked[-1], newest)) == "code-wrong"
    assert (await confirmed(town, asked[4], newest)).status_code == 204


async def test_s17_ten_wrong_codes_a_day_leave_only_the_desk(town: Any) -> None:
    body, _ = await town.registered()
    for _ in range(2):
        lost = await reset(town, body["email"])
        for guess in range(5):
            assert code_of(await confirmed(town, lost, f"99999{guess}")) == "code-wrong"
    lost = await reset(town, body["email"])
    letters = len(town.mail.letters)
    assert code_of(await confirmed(town, lost, town.mail.code(body["email"]))) == "code-wrong"
    assert len(town.mail.letters) == letters
    town.clock.pass_(days=1, seconds=1)
    again = await reset(town, body["email"])
    assert (await confirmed(town, again, town.mail.code(body["email"]))).status_code == 204


async def test_s17_an_officer_is_never_reset_by_mail(town: Any) -> None:
    login = await officer(town, roles=["signer"])
    lost = await reset(town, login)
    letter = town.mail.letters[-1]
    assert "người quản trị" in letter.text
    assert not any(word.strip(".:").isdigit() and len(word.strip(".:")) == 6 for word in letter.text.split())
    for guess in ("000000", "123456"):
        assert code_of(await confirmed(town, lost, guess)) == "code-wrong"
    assert (await town.sign_in(login, PASSWORD)).status_code in (200, 202)


async def test_s51_no_strangers_mailbox_is_flooded_by_changes_of_address(town: Any) -> None:
    body, tokens = await town.registered()
    mine = await town.with_token(tokens)
    asked = [
        await mine.post(
            "/api/identity/me/email-changes",
            json={"email": f"la{n}@example.vn", "current": body["password"]},
        )
        for n in range(6)
    ]
    assert [answer.status_code for answer in asked] == [202] * 5 + [429]
