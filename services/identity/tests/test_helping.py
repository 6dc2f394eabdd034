"""What an administrator does for officers who cannot get in: first password, cleared factor, unlocked account."""

import itertools
from dataclasses import replace
from typing import Any

import pytest
from common.security import Caller
from identity.domain.helping import FIRST_PASSWORD_LASTS, Help, granter_sees_password, helps
from identity.main import unlock
from identity.models import AccessEntry, Action
from identity.usecases.seed_accounts import seed_accounts, seeded_id
from regulation.roles import SECOND_WORD, Right, Role, who_may
from sqlalchemy import select, text
from suite.testing import officer
from suite.testing.rights import let_in

PASSWORD = "Mot mat ma dai"
ADMIN = "018f0000-0000-7000-8000-0000000000b1"
STRANGER = "018f0000-0000-7000-8000-0000000000b2"
NOBODY = "/api/identity/officers/018f0000-0000-7000-8000-00000000dead"
REASON = "Quên mật khẩu, đã gặp trực tiếp"
NUMBERS = itertools.count(1)


@pytest.mark.parametrize("role", Role)
def test_s7_nobody_but_the_officer_learns_the_password_of_one_who_signs_or_grants(role: Role) -> None:
    assert not granter_sees_password(["specialist", role], "a@motcua.example")
    assert granter_sees_password(["specialist", role], None) is (role not in SECOND_WORD)


@pytest.mark.parametrize(
    ("own", "active", "enrolled", "locked", "may"),
    [
        (True, True, True, True, ()),
        (False, False, True, True, ()),
        (False, True, False, False, (Help.FIRST_PASSWORD,)),
        (False, True, True, False, (Help.FIRST_PASSWORD, Help.FACTOR_CLEARING)),
        (False, True, False, True, (Help.FIRST_PASSWORD, Help.UNLOCKING)),
    ],
)
def test_what_may_be_done_for_an_officer(
    own: bool, active: bool, enrolled: bool, locked: bool, may: Any
) -> None:
    assert helps(own=own, active=active, enrolled=enrolled, locked=locked) == may


def admin(agency: str = "H42.101", subject: str = ADMIN) -> Caller:
    return officer("agency_admin", agency=agency, subject=subject)


async def somebody(town: Any, *roles: str, **changed: Any) -> tuple[str, str]:
    """Make an officer; give the path of the account and the sign-in name."""
    number = next(NUMBERS)
    entry = {
        "kind": "officer",
        "login": f"giup{number}.hoalu",
        "full_name": "Đặng Thị Thuỷ",
        "id_number": f"0371944{number:05d}",
        "email": f"giup{number}@motcua.example",
        "agency": "H42.101",
        "unit": "mot-cua",
        "roles": roles or ["specialist"],
        "scope": "agency",
        "password": PASSWORD,
        **changed,
    }
    async with town.database.sessions.begin() as session:
        await seed_accounts(session, [entry], passwords=town.app.state.built.passwords, now=town.clock.now)
    return f"/api/identity/officers/{seeded_id(entry['login'])}", str(entry["login"])


async def given(town: Any, path: str, version: int = 1) -> Any:
    async with town.as_(admin()) as web:
        return await web.post(f"{path}/first-password", json={"version": version, "reason": REASON})


def sent(town: Any) -> str:
    """Return the first password of the newest letter."""
    return str(town.mail.letters[-1].text.split("Mật khẩu ban đầu: ")[1].split()[0])


async def test_s17_a_first_password_goes_to_the_officer_and_the_administrator_never_sees_it(
    town: Any,
) -> None:
    path, login = await somebody(town)
    before = (await town.sign_in(login, PASSWORD)).json()
    async with town.as_(admin()) as web:
        assert (await web.get(f"{path}/standing")).json()["password_is_shown"] is False
    answer = (await given(town, path)).json()
    assert (answer["delivered"], answer["password"]) == (True, None)
    assert answer["officer"]["must_change_password"] is True
    assert town.mail.letters[-1].to == f"{login.split('.')[0]}@motcua.example"
    assert sent(town) not in str(answer)
    assert (await town.sign_in(login, PASSWORD)).status_code == 401
    renewal = {"refresh_token": before["refresh_token"]}
    async with town.as_() as web:
        assert (await web.post("/api/identity/sessions/refresh", json=renewal)).status_code == 401
    again = (await town.sign_in(login, sent(town))).json()
    assert again["must_change_password"] is True
    # Pressed twice, it is given once.
    assert (await given(town, path)).json()["code"] == "stale-version"


@pytest.mark.parametrize("role", ["signer", "agency_head", "agency_admin"])
async def test_s7_a_signers_password_goes_to_the_signer_alone(town: Any, role: str) -> None:
    path, login = await somebody(town, role)
    answer = (await given(town, path)).json()
    assert answer["password"] is None
    letter = town.mail.letters[-1]
    assert letter.to == f"{login.split('.')[0]}@motcua.example"
    secret = letter.text.split("Mật khẩu ban đầu: ")[1].split()[0]
    assert (await town.sign_in(login, secret)).json()["must_change_password"] is True


async def test_a_first_password_that_nobody_uses_lapses(town: Any) -> None:
    path, login = await somebody(town)
    await given(town, path)
    secret = sent(town)
    town.clock.pass_(seconds=FIRST_PASSWORD_LASTS.total_seconds() - 1)
    assert (await town.sign_in(login, secret)).status_code == 200
    town.clock.pass_(seconds=1)
    assert (await town.sign_in(login, secret)).json()["code"] == "sign-in-refused"


async def locked(town: Any, login: str, solved: Any, address: str = "198.51.100.90") -> None:
    for _ in range(5):
        await town.sign_in(login, "wrong", address=address, work=await solved(town))


async def test_s51_a_locked_officer_is_let_in_again_by_the_administrator(town: Any, solved: Any) -> None:
    there, (path, login) = "198.51.100.90", await somebody(town)
    async with town.as_(admin()) as web:
        assert (await web.get(f"{path}/standing")).json()["locked"] is False
        await locked(town, login, solved)
        standing = (await web.get(f"{path}/standing")).json()
        assert (standing["locked"], standing["actions"]) == (True, ["first-password", "unlocking"])
        refused = await town.sign_in(login, PASSWORD, address=there, work=await solved(town))
        assert refused.json()["code"] == "sign-in-locked"
        assert (await web.post(f"{path}/unlocking", json={"reason": REASON})).status_code == 204
        assert (await web.get(f"{path}/standing")).json()["locked"] is False
    assert (await town.sign_in(login, PASSWORD, address=there)).status_code == 200


async def test_s51_the_machine_unlocks_a_citizen_by_any_spelling(town: Any, solved: Any) -> None:
    body, _ = await town.registered()
    await locked(town, body["email"], solved)
    assert await unlock(town.database, body["id_number"], town.clock.now) is True
    assert (await town.sign_in(body["email"], body["password"], address="198.51.100.90")).status_code == 200
    assert await unlock(town.database, "khong.co@example.vn", town.clock.now) is False


async def test_s7_each_help_is_written_down_with_its_reason_and_none_is_for_oneself(town: Any) -> None:
    path, _ = await somebody(town)
    who = path.rpartition("/")[2]
    asked = {"first-password": {"version": 1, "reason": REASON}, "unlocking": {"reason": REASON}}
    asked["factor-clearing"] = {"reason": REASON}
    for deed, body in asked.items():
        for caller, code in ((admin(subject=who), "own-rights"), (admin("H42.102", STRANGER), "not-found")):
            async with town.as_(caller) as web:
                assert (await web.post(f"{path}/{deed}", json=body)).json()["code"] == code, deed
        async with town.as_(admin()) as web:
            bare = await web.post(f"{path}/{deed}", json={**body, "reason": ""})
            assert bare.json()["errors"][0]["field"] == "reason"
    async with town.as_(admin()) as web:
        assert (await web.post(f"{path}/unlocking", json=asked["unlocking"])).status_code == 204
    assert (await given(town, path)).status_code == 200
    sealed = text(
        "SELECT purpose FROM audit_line WHERE subject = :who AND actor = :by AND outcome < 300 AND deed <> 'account'"
    )
    async with town.database.sessions() as session:
        assert (await session.scalars(sealed, {"who": who, "by": ADMIN})).all() == [REASON, REASON]
        mine = select(AccessEntry.action).where(AccessEntry.account_id == who, AccessEntry.subject == ADMIN)
        assert (await session.scalars(mine)).all() == [Action.UNLOCKED, Action.PASSWORD_RESET]


@pytest.mark.parametrize("deed", ["first-password", "factor-clearing", "unlocking"])
async def test_r_acc_18_only_who_grants_rights_helps(town: Any, deed: str) -> None:
    body = {"version": 1, "reason": REASON}
    assert await let_in(town.app, "POST", f"{NOBODY}/{deed}", body) == who_may(Right.GRANT_RIGHTS)
    long_ago = replace(admin(), proven_at=int(town.clock.now.timestamp()) - 3600)
    async with town.as_(long_ago) as web:
        assert (await web.post(f"{NOBODY}/{deed}", json=body)).json()["code"] == "step-up-required"


async def test_r_trk_11_officers_are_found_with_and_without_marks(town: Any) -> None:
    await somebody(town, login="tim.mot", full_name="Nguyễn Đình Ước")
    await somebody(town, login="tim.hai", full_name="Ngô Thị Ước")
    async with town.as_(admin()) as web:

        async def found(words: str) -> list[str]:
            answer = await web.get("/api/identity/officers", params={"q": words})
            return sorted(row["login"] for row in answer.json()["items"])

        assert await found("UOC") == ["tim.hai", "tim.mot"]
        assert await found("dinh ước") == ["tim.mot"]
        assert await found("tim.h") == ["tim.hai"]
        assert await found("%") == []
        row = (await web.get("/api/identity/officers", params={"q": "tim.hai"})).json()["items"][0]
        assert row["role_names"] == ["Công chức chuyên môn"]


async def test_r_sec_22_the_access_log_names_who_helped_and_who_came_in_with_kind_and_agency(
    town: Any,
) -> None:
    path, login = await somebody(town)
    who = path.rpartition("/")[2]
    assert (await given(town, path)).status_code == 200
    assert (await town.sign_in(login, "sai mật khẩu")).status_code == 401
    told = text(
        "SELECT actor, kind, agency, subject FROM audit_line WHERE deed = 'account' AND route = :action"
        " AND :who IN (actor, subject)"
    )
    async with town.database.sessions() as session:
        [helped] = (await session.execute(told, {"action": Action.PASSWORD_RESET, "who": who})).all()
        [tried] = (await session.execute(told, {"action": Action.SIGN_IN_FAILED, "who": who})).all()
    assert (helped.actor, helped.subject) == (ADMIN, who)
    assert (tried.actor, tried.kind, tried.agency, tried.subject) == (who, "officer", "H42.101", "")
