"""A restore gives nobody a sign-in or a code back, and who was erased since is erased again."""

import json
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest_asyncio
from common.inbox import Meta
from identity.adapters.store_marks import FOLDER, StoreMarks
from identity.jobs import jobs
from identity.main import erased_since, let_go
from identity.models import Account
from identity.subscribers import subscriptions
from sqlalchemy import text
from suite.testing import outbox_events

RESETS = "/api/identity/password-resets"
PASSWORD = "Con duong lang 1954"


@pytest_asyncio.fixture(name="town", loop_scope="session")
async def town_alone(make_town: Any) -> Any:
    """Give a town in which nobody else is: what is counted here is everything there is."""
    return await make_town()


async def settle(town: Any, identifier: str, open_count: int) -> Account:
    """Let intake say how many open dossiers there are; return the account after it."""
    listening = subscriptions(town.app.state.built.rules.retention, town.clock)["intake.owner_settled.v1"]
    told = {"account_id": identifier, "open_count": open_count}
    meta = Meta(uuid.uuid4(), "intake.owner_settled.v1", town.clock.now, None, identifier, 1)
    async with town.database.sessions.begin() as session:
        await listening.handler(session, [(listening.model.model_validate(told), meta)])
    async with town.database.sessions() as session:
        found: Account = await session.get_one(Account, uuid.UUID(identifier))
        return found


async def lines(town: Any) -> list[tuple[str, int]]:
    """Return what the access log says that a restore did: to what, and to how many."""
    asked = text("select subject, details from audit_line where route = 'job restore'")
    async with town.database.sessions() as session:
        found = await session.execute(asked)
        return sorted((row.subject, json.loads(row.details)["count"]) for row in found)


async def mark(town: Any, folder: Path) -> dict[uuid.UUID, Any]:
    """Let the clock mark who was erased, and return who is marked."""
    built, marks = town.app.state.built, StoreMarks(folder.as_uri())
    job = {one.name: one for one in jobs(built.chest, built.rules.retention, town.mail, marks)}["mark-erased"]
    await job.run(town.database, town.clock.now)
    return dict(await marks.known())


async def test_sec_20_who_was_erased_is_marked_by_id_and_moment_alone(town: Any, tmp_path: Path) -> None:
    _, tokens = await town.registered()
    identifier = tokens["account"]["id"]
    async with town.database.sessions.begin() as session:
        await session.execute(text("update account set closing_at = now()"))
    town.clock.pass_(days=31)
    assert await mark(town, tmp_path) == {}
    await settle(town, identifier, 0)
    for _ in range(2):
        assert await mark(town, tmp_path) == {uuid.UUID(identifier): town.clock.now}
    (kept,) = (tmp_path / FOLDER).iterdir()
    assert json.loads(kept.read_text()) == {"id": identifier, "at": town.clock.now.isoformat()}
    assert await erased_since(tmp_path.as_uri(), town.clock.now) == []
    before = town.clock.now - timedelta(seconds=1)
    assert await erased_since(tmp_path.as_uri(), before) == [uuid.UUID(identifier)]


async def test_after_a_restore_nobody_is_signed_in_and_no_code_of_then_is_good(town: Any) -> None:
    body, tokens = await town.registered()
    async with town.as_() as visitor:
        reset = (await visitor.post(RESETS, json={"login": body["email"]})).json()["reset_id"]
        done = await let_go(town.database, [], town.clock.now)
        assert (done.sign_in_count, done.code_count, done.account_count) == (1, 1, 0)
        spent = {"refresh_token": tokens["refresh_token"]}
        assert (await visitor.post("/api/identity/sessions/refresh", json=spent)).status_code == 401
        told = {"code": town.mail.code(body["email"]), "password": "Mot cau that la dai"}
        answer = await visitor.post(f"{RESETS}/{reset}/confirmation", json=told)
        assert answer.json()["code"] == "code-wrong"
    assert (await town.sign_in(body["email"], PASSWORD)).status_code == 200
    assert {("one_time_code", 1), ("sign_in", 1)} <= set(await lines(town))


async def test_sec_20_who_was_erased_since_is_erased_again_once_no_dossier_needs_the_person(
    town: Any,
) -> None:
    body, tokens = await town.registered()
    identifier = tokens["account"]["id"]
    town.clock.pass_(days=31)  # the account is as it was before it was closed and erased
    erased = [uuid.UUID(identifier), uuid.uuid4()]
    assert (await let_go(town.database, erased, town.clock.now)).account_count == 1
    async with town.database.sessions() as session:
        told = [data["account_id"] for name, data in await outbox_events(session) if "closing_due" in name]
    assert told == [identifier]
    assert (identifier, 1) in await lines(town)
    assert (await settle(town, identifier, 1)).erased_at is None
    gone = await settle(town, identifier, 0)
    assert (gone.full_name, gone.erased_at) == ("", town.clock.now)
    assert (await let_go(town.database, erased, town.clock.now)).account_count == 0
    assert (await town.sign_in(body["email"], PASSWORD)).status_code == 401
