"""The second factor of officers: who needs one, what is open without it, and how it is lost and found."""

import math
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pyotp
import pytest
import pytest_asyncio
from common.security import Caller
from identity.domain import factor
from identity.domain.errors import FactorWrongError, SecondPersonNeededError
from identity.domain.factor import Owed
from identity.domain.sessions import fingerprint
from identity.main import rules_of
from identity.models import RecoveryCode
from identity.usecases.seed_accounts import seed_accounts
from suite.testing import officer

PASSWORD = "Mot mat ma dai"
ASKED = frozenset({"signer", "agency_admin"})
ADMIN = "018f0000-0000-7000-8000-0000000000ac"
REASON = "Mất điện thoại, gặp trực tiếp"
FACTOR = "/api/identity/me/second-factor"
PROVINCES = ("ninh-binh", "thai-nguyen", "binh-dinh", "quang-tri", "ha-nam")


@pytest.mark.parametrize("profile", PROVINCES)
@pytest.mark.parametrize(
    "role", ["agency_admin", "province_office", "operator", "signer", "agency_head", "auditor"]
)
def test_s12_who_signs_grants_or_runs_the_suite_needs_a_second_factor(profile: str, role: str) -> None:
    assert role in rules_of(profile).second_factor
    assert rules_of(profile, second_factor=False).second_factor == frozenset()


@pytest.mark.parametrize(
    ("roles", "enrolled", "proven", "owes"),
    [
        (["specialist"], False, False, Owed.NOTHING),
        (["specialist"], True, False, Owed.PROOF),
        (["specialist"], True, True, Owed.NOTHING),
        (["specialist", "signer"], False, False, Owed.ENROLMENT),
        (["signer"], True, False, Owed.PROOF),
        (["signer"], True, True, Owed.NOTHING),
    ],
)
def test_s12_what_a_sign_in_owes(roles: list[str], enrolled: bool, proven: bool, owes: Owed) -> None:
    assert factor.owed(roles, ASKED, enrolled=enrolled, proven=proven) is owes


def test_recovery_codes_are_ten_and_nobody_guesses_them() -> None:
    codes = factor.recovery_codes()
    assert len(set(codes)) == 10
    assert {len(code) for code in codes} == {27}
    letters = {len(factor.plain(code)) for code in codes}
    assert min(letters) * math.log2(len(factor.LETTERS)) >= 112
    assert factor.plain(" ABCDE-fghjk ") == "abcdefghjk"
    assert factor.plain("１２３ ４５６") == "123456"
    with pytest.raises(SecondPersonNeededError):
        factor.must_be_another("a", "a")


@pytest_asyncio.fixture(name="town", loop_scope="session")
async def strict_town(make_town: Callable[[], Awaitable[Any]]) -> Any:
    """Give a service that asks signers and administrators for a second factor."""
    town = await make_town()
    rules = replace(town.app.state.built.rules, second_factor=ASKED)
    town.app.state.built = replace(town.app.state.built, rules=rules)
    return town


async def an_officer(
    town: Any, *roles: str, login: str = "ky.hoalu", number: str = "037196500001"
) -> dict[str, Any]:
    entry = {
        "kind": "officer",
        "login": login,
        "full_name": "Hoàng Văn Bình",
        "id_number": number,
        "email": f"{login}@motcua.example",
        "agency": "H42.101",
        "unit": "lanh-dao",
        "roles": list(roles),
        "scope": "agency",
        "password": PASSWORD,
    }
    async with town.database.sessions.begin() as session:
        await seed_accounts(session, [entry], passwords=town.app.state.built.passwords, now=town.clock.now)
    return (await town.sign_in(login, PASSWORD)).json()


async def enrolled(town: Any, tokens: dict[str, Any]) -> tuple[pyotp.TOTP, dict[str, Any]]:
    """Set up an app; give it with what the confirmation answered."""
    mine = await town.with_token(tokens)
    offer = (await mine.post(FACTOR)).json()
    assert (await mine.post(FACTOR)).json() == offer
    app = pyotp.TOTP(offer["key"])
    done = await mine.post(f"{FACTOR}/confirmation", json={"code": app.at(town.clock.now)})
    assert done.status_code == 200, done.text
    return app, done.json()


async def prove(town: Any, tokens: dict[str, Any], code: str) -> Any:
    return await (await town.with_token(tokens)).post(f"{FACTOR}/proof", json={"code": code})


def code_of(answer: Any) -> str:
    return str(answer.json()["code"])


async def test_s12_without_the_factor_nothing_is_open_and_with_it_everything(town: Any) -> None:
    tokens = await an_officer(town, "signer")
    assert tokens["owes"] == "enrolment"
    bare = await town.with_token(tokens)
    assert code_of(await bare.get("/api/identity/me")) == "second-factor-required"
    assert code_of(await bare.get("/api/identity/officers")) == "second-factor-required"
    app, done = await enrolled(town, tokens)
    assert done["tokens"]["owes"] == ""
    assert (await (await town.with_token(done["tokens"])).get("/api/identity/me")).status_code == 200
    town.clock.pass_(seconds=60)
    again = (await town.sign_in("ky.hoalu", PASSWORD)).json()
    assert again["owes"] == "proof"
    closed = await town.with_token(again)
    assert code_of(await closed.get("/api/identity/me")) == "second-factor-required"
    # A password alone changes no password, and gets no other app.
    new = {"current": PASSWORD, "new": "Mot cau that la dai"}
    assert code_of(await closed.put("/api/identity/me/password", json=new)) == "second-factor-required"
    assert (await closed.post(FACTOR)).status_code == 403
    opened = await prove(town, again, app.at(town.clock.now))
    assert opened.json()["owes"] == ""
    renewal = {"refresh_token": opened.json()["refresh_token"]}
    renewed = await closed.post("/api/identity/sessions/refresh", json=renewal)
    assert renewed.json()["owes"] == ""


async def test_s17_a_code_counts_once_and_five_wrong_ones_lock(town: Any) -> None:
    app, done = await enrolled(town, await an_officer(town, "signer"))
    used = app.at(town.clock.now)
    tokens = (await town.sign_in("ky.hoalu", PASSWORD)).json()
    assert code_of(await prove(town, tokens, used)) == "factor-wrong"
    town.clock.pass_(seconds=60)
    fresh = app.at(town.clock.now)
    assert (await prove(town, tokens, fresh)).status_code == 200
    assert code_of(await prove(town, tokens, fresh)) == "factor-wrong"
    for _ in range(4):
        assert code_of(await prove(town, tokens, "000000")) == "factor-wrong"
    town.clock.pass_(seconds=60)
    assert code_of(await prove(town, tokens, app.at(town.clock.now))) == "sign-in-locked"
    assert len(done["recovery_codes"]) == 10


async def test_a_recovery_code_opens_once(town: Any) -> None:
    _, done = await enrolled(town, await an_officer(town, "signer"))
    tokens = (await town.sign_in("ky.hoalu", PASSWORD)).json()
    code = done["recovery_codes"][3].upper().replace("-", " ")
    opened = await prove(town, tokens, code)
    assert (opened.json()["owes"], opened.json()["codes_left"]) == ("", 9)
    told = (await (await town.with_token(opened.json())).get(FACTOR)).json()
    assert told == {
        "enrolled": True,
        "mandatory": True,
        "app_since": told["app_since"],
        "passkey_count": 0,
        "codes_left": 9,
    }
    assert code_of(await prove(town, tokens, code)) == "factor-wrong"


def test_a_recovery_code_is_long_and_its_hash_is_another_for_each_account() -> None:
    code, mine, other = factor.recovery_codes()[0], uuid.uuid4(), uuid.uuid4()
    kept = RecoveryCode.of(mine, code).code_hash
    assert kept == RecoveryCode.of(mine, code.upper().replace("-", " ")).code_hash
    assert kept != RecoveryCode.of(other, code).code_hash
    assert fingerprint(factor.plain(code)) not in kept
    assert len(kept) == 64


async def test_a_short_code_of_before_counts_no_more(town: Any) -> None:
    await enrolled(town, await an_officer(town, "signer"))
    tokens = (await town.sign_in("ky.hoalu", PASSWORD)).json()
    owner = uuid.UUID(tokens["account"]["id"])
    async with town.database.sessions.begin() as session:
        session.add(RecoveryCode(account_id=owner, code_hash=fingerprint("abcdefghjk")))
    assert code_of(await prove(town, tokens, "abcde-fghjk")) == "factor-wrong"
    async with town.database.sessions() as session:
        assert await RecoveryCode.left(session, owner) == 10


def granting(town: Any, *, minutes: int | None, subject: str = ADMIN) -> Caller:
    """Give an administrator whose second factor was shown so many minutes ago; None asks for none."""
    made = officer("agency_admin", agency="H42.101", subject=subject)
    at = None if minutes is None else int(town.clock.now.timestamp()) - 60 * minutes
    return replace(made, proven_at=at)


@pytest.mark.parametrize(("minutes", "status"), [(1, 200), (11, 403), (None, 200)])
async def test_s12_granting_needs_a_factor_shown_just_now(
    town: Any, minutes: int | None, status: int
) -> None:
    tokens = await an_officer(town, "specialist")
    path = f"/api/identity/officers/{tokens['account']['id']}"
    async with town.as_(granting(town, minutes=minutes)) as web:
        answer = await web.patch(path, json={"version": 1, "unit": "mot-cua"})
    assert answer.status_code == status
    if status == 403:
        assert code_of(answer) == "step-up-required"


async def test_s7_one_administrator_gives_no_password_and_takes_no_factor_away(town: Any) -> None:
    _, done = await enrolled(town, await an_officer(town, "signer"))
    who = done["tokens"]["account"]["id"]
    path, other = f"/api/identity/officers/{who}", ADMIN.replace("ac", "ad")
    async with town.as_(granting(town, minutes=0)) as web:
        version = (await web.get(path)).json()["version"]
        given = await web.post(f"{path}/first-password", json={"version": version, "reason": REASON})
        assert given.status_code == 200, given.text
        cleared = await web.post(f"{path}/factor-clearing", json={"reason": REASON})
        assert code_of(cleared) == "second-person-needed"
    # The factor stays: whoever reads the mail has half a key.
    first = town.mail.letters[-1].text.split("Mật khẩu ban đầu: ")[1].split("\n")[0]
    tokens = (await town.sign_in("ky.hoalu", first)).json()
    assert tokens["owes"] == "proof"
    async with town.as_(granting(town, minutes=0, subject=other)) as web:
        assert (await web.post(f"{path}/factor-clearing", json={"reason": REASON})).status_code == 204
        body = {"version": (await web.get(path)).json()["version"], "reason": REASON}
        assert code_of(await web.post(f"{path}/first-password", json=body)) == "second-person-needed"
    assert (await town.sign_in("ky.hoalu", first)).json()["owes"] == "enrolment"


async def test_a_citizen_has_no_second_factor_here(town: Any) -> None:
    _, tokens = await town.registered()
    assert tokens["owes"] == ""
    assert (await (await town.with_token(tokens)).post(FACTOR)).status_code == 403


def test_a_code_of_long_ago_is_wrong(town: Any) -> None:
    key = factor.new_key()
    now = town.clock.now
    code = pyotp.TOTP(key).at(int(now.timestamp()) - 90)
    with pytest.raises(FactorWrongError):
        factor.step_of(key, code, now, last=0)


@pytest.mark.parametrize("typed", ["abcdé", "é" * 6, "\u0661" * 6])
def test_a_code_of_other_letters_is_wrong_and_nothing_else(town: Any, typed: str) -> None:
    with pytest.raises(FactorWrongError):
        factor.step_of(factor.new_key(), typed, town.clock.now, last=0)
