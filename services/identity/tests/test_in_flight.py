"""What is decided about an account while somebody is on the way in holds for that way in."""

import asyncio
import itertools
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from identity.usecases.seed_accounts import seed_accounts
from sqlalchemy import text
from suite.testing import officer

PASSWORD = "Con duong lang 1954"
ADMIN = "018f0000-0000-7000-8000-0000000000c8"
NUMBERS = itertools.count(1)


class Meanwhile:
    """Judges passwords, and lets something happen while one is judged."""

    def __init__(self, own: Any, happens: Callable[[], Awaitable[None]]) -> None:
        self.own, self.happens = own, happens

    async def hash(self, secret: str) -> str:
        return str(await self.own.hash(secret))

    async def matches(self, stored: str | None, secret: str) -> bool:
        answer = bool(await self.own.matches(stored, secret))
        happens, self.happens = self.happens, nothing
        await happens()
        return answer


async def nothing() -> None:
    """Happen once."""


def meanwhile(town: Any, happens: Callable[[], Awaitable[None]]) -> None:
    built = town.app.state.built
    town.app.state.built = replace(built, passwords=Meanwhile(built.passwords, happens))


async def somebody(town: Any) -> dict[str, Any]:
    """Make an officer of two roles; give what the first sign-in answered, with the sign-in name."""
    login = f"dang{next(NUMBERS)}.vao"
    entry = {
        "kind": "officer",
        "login": login,
        "full_name": "Đỗ Thị Thu",
        "id_number": f"0372966{next(NUMBERS):05d}",
        "email": f"{login}@motcua.example",
        "agency": "H42.101",
        "unit": "mot-cua",
        "roles": ["specialist", "desk_officer"],
        "scope": "agency",
        "password": PASSWORD,
    }
    async with town.database.sessions.begin() as session:
        await seed_accounts(session, [entry], passwords=town.app.state.built.passwords, now=town.clock.now)
    return {**(await town.sign_in(login, PASSWORD)).json(), "login": login}


def change(town: Any, who: str, **values: Any) -> Callable[[], Awaitable[None]]:
    async def happens() -> None:
        async with town.as_(officer("agency_admin", agency="H42.101", subject=ADMIN)) as web:
            version = (await web.get(f"/api/identity/officers/{who}")).json()["version"]
            done = await web.patch(f"/api/identity/officers/{who}", json={"version": version, **values})
            assert done.status_code == 200, done.text

    return happens


async def test_s16_who_is_switched_off_while_a_password_is_judged_is_not_in(town: Any) -> None:
    own = await somebody(town)
    meanwhile(town, change(town, own["account"]["id"], active=False))
    answer = await town.sign_in(own["login"], PASSWORD)
    assert (answer.status_code, answer.json()["code"]) == (401, "sign-in-refused")
    async with town.database.sessions() as session:
        left = text("select count(*) from sign_in_session where account_id = :id and ended_at is null")
        assert await session.scalar(left, {"id": own["account"]["id"]}) == 0


async def test_s16_who_loses_a_role_while_a_password_is_judged_comes_in_without_it(town: Any) -> None:
    own = await somebody(town)
    meanwhile(town, change(town, own["account"]["id"], roles=["specialist"]))
    answer = await town.sign_in(own["login"], PASSWORD)
    assert answer.json()["account"]["roles"] == ["specialist"]


async def test_s16_a_password_that_was_replaced_while_it_was_judged_opens_nothing(town: Any) -> None:
    body, tokens = await town.registered()
    mine = await town.with_token(tokens)

    async def replaced() -> None:
        new = {"current": PASSWORD, "new": "Mot cau that la dai"}
        assert (await mine.put("/api/identity/me/password", json=new)).status_code == 200

    meanwhile(town, replaced)
    assert (await town.sign_in(body["email"], PASSWORD)).status_code == 401


async def test_s16_who_closes_the_account_meanwhile_comes_in_to_look_only(town: Any) -> None:
    body, tokens = await town.registered()
    mine = await town.with_token(tokens)

    async def closed() -> None:
        assert (await mine.post("/api/identity/me/closing", json={"password": PASSWORD})).status_code == 204

    meanwhile(town, closed)
    assert (await town.sign_in(body["email"], PASSWORD)).json()["account"]["rights"] == ["dossier.follow"]


async def test_s16_who_is_switched_off_while_changing_the_password_has_no_fresh_sign_in(town: Any) -> None:
    own = await somebody(town)
    mine = await town.with_token(own)
    meanwhile(town, change(town, own["account"]["id"], active=False))
    new = {"current": PASSWORD, "new": "Mot cau that la dai"}
    assert (await mine.put("/api/identity/me/password", json=new)).status_code == 401


async def test_s16_a_sign_in_waits_for_a_decision_that_is_being_written(town: Any) -> None:
    """Either the decision finds the new sign-in and ends it, or the sign-in sees the decision."""
    own = await somebody(town)
    admin = await town.database.connect()
    deciding = admin.transaction()

    async def half_decided() -> None:
        await deciding.start()
        await admin.execute(
            "update account set active = false where id = $1", uuid.UUID(own["account"]["id"])
        )

    meanwhile(town, half_decided)
    coming = asyncio.create_task(town.sign_in(own["login"], PASSWORD))
    waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
    async with asyncio.timeout(5):
        while not await (await town.database.pool()).fetchval(waiting):
            assert not coming.done(), "came in before the decision was written"
            await asyncio.wait([coming], timeout=0.01)
    await deciding.commit()
    assert (await coming).status_code == 401
    undone = "update account set active = true where id = $1"  # a decision nobody was told of
    await admin.execute(undone, uuid.UUID(own["account"]["id"]))
    await admin.close()


async def test_a_new_password_that_is_refused_is_no_try_of_the_current_one(town: Any) -> None:
    mine = await town.with_token((await town.registered())[1])
    for word in ("short", "password123", "1234567890", "matkhau123", "Nguyễn Thị Ánh 1954", PASSWORD):
        refused = await mine.put("/api/identity/me/password", json={"current": PASSWORD, "new": word})
        assert refused.json()["code"] in ("password-too-weak", "password-unchanged")
    new = {"current": PASSWORD, "new": "Mot cau that la dai"}
    assert (await mine.put("/api/identity/me/password", json=new)).status_code == 200
