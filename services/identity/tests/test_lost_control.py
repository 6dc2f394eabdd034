"""An officer's account is in use in one place; whoever lost an account ends everything with one action."""

import itertools
from dataclasses import replace
from typing import Any

import pytest
from identity.main import rules_of
from identity.models import Account
from identity.usecases.seed_accounts import seed_accounts, seeded_id
from suite.testing import citizen, outbox_events

PASSWORD = "Mot mat ma dai"
HERE, ELSEWHERE = "203.0.113.7", "198.51.100.9"
NUMBERS = itertools.count(1)
REFRESH, LOST = "/api/identity/sessions/refresh", "/api/identity/me/control-lost"


@pytest.fixture
def alone(town: Any) -> Any:
    """Give the town with the rule that a province in operation has."""
    built = town.app.state.built
    town.app.state.built = replace(built, rules=replace(built.rules, one_sign_in=True))
    return town


async def specialist(town: Any) -> str:
    """Make an officer; give the sign-in name."""
    number = next(NUMBERS)
    entry = {
        "kind": "officer",
        "login": f"chung{number}.hoalu",
        "full_name": "Đặng Thị Thuỷ",
        "id_number": f"0371978{number:05d}",
        "email": f"chung{number}@motcua.example",
        "agency": "H42.101",
        "unit": "mot-cua",
        "roles": ["specialist"],
        "scope": "agency",
        "password": PASSWORD,
    }
    async with town.database.sessions.begin() as session:
        await seed_accounts(session, [entry], passwords=town.app.state.built.passwords, now=town.clock.now)
    return str(entry["login"])


async def goes_on(town: Any, told: dict[str, Any]) -> bool:
    async with town.as_() as web:
        answer = await web.post(REFRESH, json={"refresh_token": told["refresh_token"]})
    return bool(answer.status_code == 200)


async def superseded(town: Any, login: str) -> list[dict[str, Any]]:
    async with town.database.sessions() as session:
        events = await outbox_events(session)
    who = str(seeded_id(login))
    return [
        data
        for type_, data in events
        if type_ == "identity.sign_in_superseded.v1" and data["officer_id"] == who
    ]


async def actions(town: Any, told: dict[str, Any]) -> list[str]:
    async with await town.with_token(told) as web:
        items = (await web.get("/api/identity/me/access-log")).json()["items"]
    return [one["action"] for one in items]


@pytest.mark.parametrize("profile", ["ninh-binh", "thai-nguyen", "binh-dinh", "quang-tri", "ha-nam"])
def test_r_acc_16_every_province_in_operation_has_the_rule_and_a_demonstration_says_it_has_not(
    profile: str,
) -> None:
    assert rules_of(profile).alone == rules_of(profile).idling
    assert rules_of(profile, second_factor=False).alone is None


async def test_r_acc_16_a_second_sign_in_ends_the_first_is_logged_and_told_when_from_elsewhere(
    alone: Any,
) -> None:
    login = await specialist(alone)
    first = (await alone.sign_in(login, PASSWORD, HERE)).json()
    second = (await alone.sign_in(login, PASSWORD, HERE)).json()
    assert await superseded(alone, login) == []
    third = (await alone.sign_in(login, PASSWORD, ELSEWHERE)).json()
    assert [await goes_on(alone, one) for one in (first, second)] == [False, False]
    [told] = await superseded(alone, login)
    assert (told["agency"], ELSEWHERE in str(told), HERE in str(told)) == ("H42.101", False, False)
    assert (await actions(alone, third)).count("sign_in_superseded") == 2
    assert await goes_on(alone, third)


async def test_r_acc_16_who_left_long_ago_is_nobody_signed_in_elsewhere(alone: Any) -> None:
    login = await specialist(alone)
    left = (await alone.sign_in(login, PASSWORD, HERE)).json()
    alone.clock.pass_(minutes=31)
    await alone.sign_in(login, PASSWORD, ELSEWHERE)
    assert await superseded(alone, login) == []
    assert not await goes_on(alone, left)


async def test_r_acc_16_a_citizen_may_be_signed_in_on_two_devices(alone: Any) -> None:
    body, told = await alone.registered()
    await alone.sign_in(body["email"], body["password"], ELSEWHERE)
    assert await goes_on(alone, told)


async def test_r_acc_15_a_citizen_ends_everything_and_only_a_new_password_leads_back(town: Any) -> None:
    body, told = await town.registered()
    other = (await town.sign_in(body["email"], body["password"], ELSEWHERE)).json()
    async with await town.with_token(told) as web:
        assert (await web.post(LOST)).status_code == 204
    assert [await goes_on(town, one) for one in (told, other)] == [False, False]
    assert (await town.sign_in(body["email"], body["password"])).status_code == 401
    letter = town.mail.letters[-1]
    assert (letter.to, "/password-reset" in letter.text) == (body["email"], True)
    async with town.database.sessions() as session:
        lost = [data for type_, data in await outbox_events(session) if type_ == "identity.control_lost.v1"]
    assert lost[-1] == {
        **lost[-1],
        "account_id": told["account"]["id"],
        "kind": "citizen",
        "agency": None,
    }
    async with town.as_() as web:
        asked = await web.post("/api/identity/password-resets", json={"login": body["email"]})
        place = f"/api/identity/password-resets/{asked.json()['reset_id']}/confirmation"
        new = {"code": town.mail.code(body["email"]), "password": "Mot loi vao khac 77"}
        assert (await web.post(place, json=new)).status_code == 204
    again = await town.sign_in(body["email"], new["password"])
    assert again.status_code == 200
    assert "control_lost" in await actions(town, again.json())


async def test_r_acc_15_an_officer_comes_in_again_by_the_administrator_alone(town: Any) -> None:
    login = await specialist(town)
    told = (await town.sign_in(login, PASSWORD)).json()
    async with await town.with_token(told) as web:
        assert (await web.post(LOST)).status_code == 204
    assert not await goes_on(town, told)
    assert (await town.sign_in(login, PASSWORD)).status_code == 401
    assert "người quản trị của cơ quan" in town.mail.letters[-1].text
    async with town.database.sessions() as session:
        lost = [data for type_, data in await outbox_events(session) if type_ == "identity.control_lost.v1"]
        account = await session.get(Account, seeded_id(login))
    assert (lost[-1]["kind"], lost[-1]["agency"]) == ("officer", "H42.101")
    assert account is not None
    assert account.password_hash is None


async def test_r_acc_15_nobody_reports_an_account_that_is_not_his(town: Any) -> None:
    async with town.as_() as web:
        assert (await web.post(LOST)).status_code == 401
    stranger = citizen("018f0000-0000-7000-8000-00000000dead")
    async with town.as_(stranger) as web:
        assert (await web.post(LOST)).status_code == 404
