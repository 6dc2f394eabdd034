"""Who has a second factor renews it: fresh recovery codes, another app; the owner hears of every change."""

import itertools
import time
from typing import Any

import pyotp
import pytest
from identity.usecases.seed_accounts import seed_accounts
from suite.testing import officer

PASSWORD = "Mot mat ma dai"
ME = "/api/identity/me"
FACTOR = f"{ME}/second-factor"
RESETS = "/api/identity/password-resets"
ADMIN = "018f0000-0000-7000-8000-0000000000ae"
NUMBERS = itertools.count(71)


def code_of(answer: Any) -> str:
    return str(answer.json()["code"])


def told(town: Any, address: str) -> list[str]:
    return [letter.subject for letter in town.mail.letters if letter.to == address]


def mail_of(login: str) -> str:
    return f"{login}@motcua.example"


async def an_officer(town: Any) -> tuple[str, dict[str, Any]]:
    """Give the sign-in name of a fresh officer, and the tokens."""
    number = next(NUMBERS)
    login = f"doi{number}.hoalu"
    entry = {
        "kind": "officer",
        "login": login,
        "full_name": "Hoàng Văn Bình",
        "id_number": f"0371965000{number}",
        "email": mail_of(login),
        "agency": "H42.101",
        "unit": "lanh-dao",
        "roles": ["specialist"],
        "scope": "agency",
        "password": PASSWORD,
    }
    async with town.database.sessions.begin() as session:
        await seed_accounts(session, [entry], passwords=town.app.state.built.passwords, now=town.clock.now)
    return login, (await town.sign_in(login, PASSWORD)).json()


async def new_app(town: Any, tokens: dict[str, Any]) -> tuple[pyotp.TOTP, Any]:
    """Set up an app; give it with what the confirmation answered."""
    mine = await town.with_token(tokens)
    offered = await mine.post(FACTOR)
    assert offered.status_code == 200, offered.text
    app = pyotp.TOTP(offered.json()["key"])
    return app, await mine.post(f"{FACTOR}/confirmation", json={"code": app.at(town.clock.now)})


async def proven(town: Any, login: str, code: str) -> Any:
    tokens = (await town.sign_in(login, PASSWORD)).json()
    return await (await town.with_token(tokens)).post(f"{FACTOR}/proof", json={"code": code})


async def test_fresh_recovery_codes_make_the_old_ones_void_and_their_owner_hears_of_it(town: Any) -> None:
    login, tokens = await an_officer(town)
    _, done = await new_app(town, tokens)
    old = done.json()["recovery_codes"]
    mine = await town.with_token(done.json()["tokens"])
    made = await mine.post(f"{FACTOR}/recovery-codes")
    assert made.status_code == 200, made.text
    new = made.json()["recovery_codes"]
    assert (len(set(new)), set(new) & set(old)) == (10, set())
    assert code_of(await proven(town, login, old[0])) == "factor-wrong"
    assert (await proven(town, login, new[0])).json()["codes_left"] == 9
    subjects = [subject.partition(" / ")[0] for subject in told(town, mail_of(login))]
    assert subjects[-2:] == ["Đã tạo mã khôi phục mới", "Một mã khôi phục vừa được dùng"]
    log = (await mine.get(f"{ME}/access-log")).json()["items"]
    assert "recovery_codes_renewed" in [line["action"] for line in log]


async def test_another_app_counts_once_it_has_answered_and_the_old_one_until_then(town: Any) -> None:
    login, tokens = await an_officer(town)
    old, done = await new_app(town, tokens)
    mine = await town.with_token(done.json()["tokens"])
    since = (await mine.get(FACTOR)).json()["app_since"]
    offered = (await mine.post(FACTOR)).json()
    town.clock.pass_(seconds=60)
    assert (await proven(town, login, old.at(town.clock.now))).status_code == 200  # nothing has answered yet
    new = pyotp.TOTP(offered["key"])
    changed = await mine.post(f"{FACTOR}/confirmation", json={"code": new.at(town.clock.now)})
    assert (changed.status_code, changed.json()["recovery_codes"]) == (200, [])
    state = (await (await town.with_token(changed.json()["tokens"])).get(FACTOR)).json()
    assert (state["app_since"] > since, state["codes_left"]) == (True, 10)
    town.clock.pass_(seconds=60)
    assert code_of(await proven(town, login, old.at(town.clock.now))) == "factor-wrong"
    assert (await proven(town, login, new.at(town.clock.now))).status_code == 200


@pytest.mark.parametrize("route", ["", "/recovery-codes"])
async def test_s12_renewing_needs_a_factor_shown_just_now(
    town: Any, route: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, tokens = await an_officer(town)
    _, done = await new_app(town, tokens)
    mine = await town.with_token(done.json()["tokens"])
    late = time.time() + 11 * 60
    monkeypatch.setattr("common.security.time.time", lambda: late)
    assert code_of(await mine.post(f"{FACTOR}{route}")) == "step-up-required"


async def test_who_has_no_factor_gets_no_recovery_codes(town: Any) -> None:
    _, tokens = await an_officer(town)
    mine = await town.with_token(tokens)
    assert (await mine.post(f"{FACTOR}/recovery-codes")).status_code == 403
    assert (await mine.get(FACTOR)).json()["codes_left"] == 0


async def test_m7_an_officer_whose_factor_is_taken_away_hears_of_it(town: Any) -> None:
    login, tokens = await an_officer(town)
    _, done = await new_app(town, tokens)
    path = f"/api/identity/officers/{done.json()['tokens']['account']['id']}/factor-clearing"
    async with town.as_(officer("agency_admin", agency="H42.101", subject=ADMIN)) as web:
        assert (await web.post(path, json={"reason": "Mất điện thoại, gặp trực tiếp"})).status_code == 204
    letter = town.mail.letters[-1]
    assert (letter.to, "khóa truy cập" in letter.text) == (mail_of(login), True)
    assert letter.subject.startswith("Xác thực hai bước của bạn đã được gỡ")


async def test_m7_whose_password_was_changed_or_reset_is_told(town: Any) -> None:
    body, tokens = await town.registered()
    mine, subject = await town.with_token(tokens), "Mật khẩu đã được đổi"
    new = {"current": body["password"], "new": "Mot cau that la dai 5"}
    assert (await mine.put(f"{ME}/password", json=new)).status_code == 200
    assert sum(one.startswith(subject) for one in told(town, body["email"])) == 1
    async with town.as_() as visitor:
        lost = (await visitor.post(RESETS, json={"login": body["email"]})).json()["reset_id"]
        path, code = f"{RESETS}/{lost}/confirmation", town.mail.code(body["email"])
        wrong = {"code": "000000" if code != "000000" else "111111", "password": "Mot cau khac cung dai 6"}
        assert (await visitor.post(path, json=wrong)).status_code == 422
        assert sum(one.startswith(subject) for one in told(town, body["email"])) == 1
        assert (await visitor.post(path, json={**wrong, "code": code})).status_code == 204
    assert sum(one.startswith(subject) for one in told(town, body["email"])) == 2
    assert "/password-reset" in town.mail.letters[-1].text


@pytest.mark.parametrize("current", ["", "khong phai mat khau"])
async def test_m5_another_telephone_asks_who_it_is_as_another_address_does(town: Any, current: str) -> None:
    body, tokens = await town.registered()
    thief, wanted = await town.with_token(tokens), {"version": 1, "current": current}
    refused = await thief.patch(ME, json={**wanted, "phone": "0987654321", "address": "Thôn Đông"})
    assert (refused.status_code, code_of(refused)) == (422, "current-password-wrong")
    assert (await thief.get(ME)).json()["version"] == 1
    # the same number, and what is no way in, ask nothing
    same = await thief.patch(ME, json={**wanted, "phone": body["phone"], "address": "Thôn Đông"})
    assert (same.status_code, same.json()["phone_proven"]) == (
        200,
        (await thief.get(ME)).json()["phone_proven"],
    )
    again = {"version": same.json()["version"], "current": body["password"], "phone": "0987654321"}
    moved = await thief.patch(ME, json=again)
    assert (moved.status_code, moved.json()["phone"]) == (200, "+84987654321")
