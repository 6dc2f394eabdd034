"""What changes a way into an account asks again who it is, tells the owner, and can be taken back."""

import itertools
import time
from dataclasses import replace
from typing import Any

import pyotp
import pytest
from identity.models import FormerMail
from identity.usecases.seed_accounts import seed_accounts
from sqlalchemy import func, select
from suite.testing import officer

PASSWORD = "Con duong lang 1954"
STOLEN = "Ke trom doi mat khau 9"
ME = "/api/identity/me"
FACTOR = f"{ME}/second-factor"
RESETS = "/api/identity/password-resets"
NUMBERS = itertools.count(1)


def code_of(answer: Any) -> str:
    return str(answer.json()["code"])


def told(town: Any, address: str) -> list[str]:
    return [letter.subject for letter in town.mail.letters if letter.to == address]


async def moved(town: Any, tokens: dict[str, Any], new: str, current: str = PASSWORD) -> None:
    """Change the mail address of an account."""
    mine = await town.with_token(tokens)
    asked = await mine.post(f"{ME}/email-changes", json={"email": new, "current": current})
    assert asked.status_code == 202, asked.text
    path = f"{ME}/email-changes/{asked.json()['change_id']}/verification"
    done = await mine.post(path, json={"code": town.mail.code(new)})
    assert (done.status_code, done.json()["email"]) == (200, new)


async def reset(town: Any, login: str, password: str) -> Any:
    async with town.as_() as visitor:
        lost = (await visitor.post(RESETS, json={"login": login})).json()["reset_id"]
        body = {"code": town.mail.code(login), "password": password}
        return await visitor.post(f"{RESETS}/{lost}/confirmation", json=body)


def fresh() -> str:
    return f"moi{next(NUMBERS)}@loi-vao.example"


@pytest.mark.parametrize("current", ["", "khong phai mat khau"])
async def test_a_copied_session_changes_neither_mail_nor_telephone(town: Any, current: str) -> None:
    _, tokens = await town.registered()
    thief, new = await town.with_token(tokens), fresh()
    letters = len(town.mail.letters), len(town.texts.texts)
    mail = await thief.post(f"{ME}/email-changes", json={"email": new, "current": current})
    assert (mail.status_code, code_of(mail)) == (422, "current-password-wrong")
    phone = await thief.post(f"{ME}/phone-proofs", json={"current": current})
    assert (phone.status_code, code_of(phone)) == (422, "current-password-wrong")
    assert code_of(await thief.post(f"{ME}/phone-proofs")) == "current-password-wrong"
    assert (len(town.mail.letters), len(town.texts.texts)) == letters
    for _ in range(2):
        await thief.post(f"{ME}/phone-proofs", json={"current": current})
    again = await thief.post(f"{ME}/email-changes", json={"email": new, "current": PASSWORD})
    assert code_of(again) == "sign-in-locked"


async def test_the_address_before_is_told_and_leads_back_for_a_week(town: Any) -> None:
    body, tokens = await town.registered()
    old, new, third = body["email"], fresh(), fresh()
    await moved(town, tokens, new)
    assert "đã thay đổi" in told(town, old)[-1]
    assert (await reset(town, new, STOLEN)).status_code == 204
    thief = (await town.sign_in(new, STOLEN)).json()
    await moved(town, thief, third, STOLEN)
    assert (await town.sign_in(old, PASSWORD)).status_code == 401
    assert (await reset(town, old, PASSWORD)).status_code == 204
    mine = await town.with_token((await town.sign_in(old, PASSWORD)).json())
    assert (await mine.get(ME)).json()["email"] == old
    assert (await town.sign_in(third, STOLEN)).status_code == 401
    renewal = {"refresh_token": thief["refresh_token"]}
    async with town.as_() as web:
        assert (await web.post("/api/identity/sessions/refresh", json=renewal)).status_code == 401
    # The addresses that the thief had set lead nowhere.
    for false in (new, third):
        letters = len(town.mail.letters)
        async with town.as_() as web:
            await web.post(RESETS, json={"login": false})
        assert len(town.mail.letters) == letters
    async with town.database.sessions() as session:
        mine_left = select(func.count()).where(FormerMail.account_id == tokens["account"]["id"])
        assert await session.scalar(mine_left) == 0


async def test_after_a_week_the_address_before_leads_nowhere(town: Any) -> None:
    body, tokens = await town.registered()
    await moved(town, tokens, fresh())
    town.clock.pass_(days=7, seconds=1)
    letters = len(town.mail.letters)
    async with town.as_() as visitor:
        await visitor.post(RESETS, json={"login": body["email"]})
    assert len(town.mail.letters) == letters


async def test_the_thiefs_own_address_is_no_way_back_behind_the_owners(town: Any) -> None:
    body, tokens = await town.registered()
    old, new, third = body["email"], fresh(), fresh()
    await moved(town, tokens, new)
    await moved(town, tokens, third)
    assert (await reset(town, new, STOLEN)).status_code == 204
    assert (await town.sign_in(new, STOLEN)).status_code == 200
    assert (await reset(town, old, PASSWORD)).status_code == 204
    assert (await town.sign_in(old, PASSWORD)).status_code == 200


async def an_officer(town: Any, *roles: str) -> tuple[str, dict[str, Any]]:
    number = next(NUMBERS)
    login = f"loi{number}.vao"
    entry = {
        "kind": "officer",
        "login": login,
        "full_name": "Hoàng Văn Bình",
        "id_number": f"0372977{number:05d}",
        "email": f"{login}@motcua.example",
        "agency": "H42.101",
        "unit": "lanh-dao",
        "roles": list(roles),
        "scope": "agency",
        "password": PASSWORD,
    }
    async with town.database.sessions.begin() as session:
        await seed_accounts(session, [entry], passwords=town.app.state.built.passwords, now=town.clock.now)
    return login, (await town.sign_in(login, PASSWORD)).json()


async def strict(town: Any) -> None:
    rules = replace(town.app.state.built.rules, second_factor=frozenset({"signer", "agency_admin"}))
    town.app.state.built = replace(town.app.state.built, rules=rules)


async def test_s12_an_officers_address_changes_only_with_a_factor_shown_just_now(town: Any) -> None:
    _, tokens = await an_officer(town, "specialist")
    caller = officer("specialist", agency="H42.101", subject=tokens["account"]["id"])
    stale = replace(caller, proven_at=int(time.time()) - 660)
    body = {"email": fresh(), "current": PASSWORD}
    async with town.as_(stale) as web:
        assert code_of(await web.post(f"{ME}/email-changes", json=body)) == "step-up-required"
        assert code_of(await web.post(f"{ME}/phone-proofs", json=body)) == "step-up-required"
    async with town.as_(replace(caller, proven_at=int(time.time()))) as web:
        assert (await web.post(f"{ME}/email-changes", json=body)).status_code == 202


async def test_a_first_password_goes_to_the_address_before_for_a_week(town: Any) -> None:
    login, tokens = await an_officer(town, "signer")
    old, new = f"{login}@motcua.example", fresh()
    await moved(town, tokens, new)
    path = f"/api/identity/officers/{tokens['account']['id']}"
    for days, to in ((0, old), (8, new)):
        town.clock.pass_(days=days)
        async with town.as_(officer("agency_admin", agency="H42.101")) as web:
            version = (await web.get(path)).json()["version"]
            given = await web.post(
                f"{path}/first-password", json={"version": version, "reason": "Quên mật khẩu"}
            )
            assert given.status_code == 200, given.text
        assert (town.mail.letters[-1].to, "Mật khẩu ban đầu" in town.mail.letters[-1].text) == (to, True)


async def test_s12_a_secret_is_offered_to_one_sign_in_only(town: Any) -> None:
    await strict(town)
    login, first = await an_officer(town, "signer")
    thief = await town.with_token(first)
    seen = (await thief.post(FACTOR)).json()["key"]
    owner = await town.with_token((await town.sign_in(login, PASSWORD)).json())
    mine = (await owner.post(FACTOR)).json()["key"]
    assert mine != seen
    assert (await owner.post(FACTOR)).json()["key"] == mine
    now = town.clock.now
    foreign = await owner.post(f"{FACTOR}/confirmation", json={"code": pyotp.TOTP(seen).at(now)})
    assert code_of(foreign) == "factor-wrong"
    done = await owner.post(f"{FACTOR}/confirmation", json={"code": pyotp.TOTP(mine).at(now)})
    assert done.status_code == 200, done.text
    assert "xác thực hai bước" in told(town, f"{login}@motcua.example")[-1]
    # The offer of the other sign-in is void, and so is the sign-in.
    late = await thief.post(f"{FACTOR}/confirmation", json={"code": pyotp.TOTP(seen).at(now)})
    assert late.status_code == 401
    again = await town.with_token((await town.sign_in(login, PASSWORD)).json())
    assert (await again.post(f"{FACTOR}/proof", json={"code": pyotp.TOTP(seen).at(now)})).status_code == 422
    assert (await again.post(FACTOR)).status_code == 403


async def test_s17_who_has_the_password_closes_no_place_but_his_own(town: Any) -> None:
    await strict(town)
    login, first = await an_officer(town, "signer")
    owner = await town.with_token(first)
    app = pyotp.TOTP((await owner.post(FACTOR)).json()["key"])
    opened = await owner.post(f"{FACTOR}/confirmation", json={"code": app.at(town.clock.now)})
    proven = await town.with_token(opened.json()["tokens"])
    town.clock.pass_(seconds=60)
    answers = []
    for place in ("198.51.100.40", "203.0.113.7"):  # elsewhere, and in the owner's own network
        tokens = (await town.sign_in(login, PASSWORD, address=place)).json()
        thief = await town.with_token(tokens)
        thief.headers["X-Forwarded-For"] = place
        answers += [code_of(await thief.post(f"{FACTOR}/proof", json={"code": "000000"})) for _ in range(6)]
    assert answers == [*["factor-wrong"] * 5, "sign-in-locked"] * 2
    # The owner's sign-in goes on: stepping up has a count of its own.
    code = {"code": app.at(town.clock.now)}
    assert (await proven.post(f"{FACTOR}/proof", json=code)).status_code == 200
    for n in range(3):
        place = f"192.0.{n}.9"
        thief = await town.with_token((await town.sign_in(login, PASSWORD, address=place)).json())
        thief.headers["X-Forwarded-For"] = place
        answers = [code_of(await thief.post(f"{FACTOR}/proof", json={"code": "000000"})) for _ in range(4)]
    assert answers[-1] == "sign-in-locked"  # all unfamiliar places together have ten tries an hour
    town.clock.pass_(minutes=16)
    home = await town.with_token((await town.sign_in(login, PASSWORD)).json())
    code = {"code": app.at(town.clock.now)}
    assert (await home.post(f"{FACTOR}/proof", json=code)).status_code == 200
