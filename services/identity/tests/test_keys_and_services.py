"""Keys that change without anybody noticing, tokens of services, and what they may ask."""

import asyncio
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from common.database import Database
from common.errors import UnauthenticatedError
from common.security import Verifier
from common.worker import Job
from identity.adapters.file_chest import FileChest
from identity.domain.keys import ANNOUNCED_BEFORE, KEPT_AFTER, ROTATE_EVERY
from identity.jobs import jobs
from identity.models import AccessEntry, Action, Challenge, SigningKey, SignInTally
from identity.usecases.rotate_key import rotate_key
from sqlalchemy import func, select, text
from suite.testing import captured_logs, citizen, officer

NOWHERE = "postgresql://nobody:x@127.0.0.1:1/none"
SERVICE = {"client_id": "notify", "client_secret": "s3"}


async def jwks(town: Any) -> list[str]:
    async with town.as_() as visitor:
        return [key["kid"] for key in (await visitor.get("/api/identity/jwks")).json()["keys"]]


async def service_token(town: Any) -> str:
    async with town.as_() as visitor:
        answer = await visitor.post("/api/identity/service-tokens", json=SERVICE)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["access_token"])


async def verified(town: Any, token: str) -> Any:
    async with town.as_() as visitor:
        return await Verifier.from_jwks((await visitor.get("/api/identity/jwks")).json()).verify(token)


def jobs_of(town: Any) -> tuple[Job, ...]:
    built = town.app.state.built
    return jobs(built.chest, built.rules.retention, built.mail)


async def rotated(town: Any) -> None:
    async with town.database.sessions.begin() as session:
        await rotate_key(session, town.app.state.built.chest, town.clock.now)


async def test_the_first_key_is_made_once_by_however_many_ask(make_town: Any) -> None:
    town = await make_town()
    assert len({tuple(found) for found in await asyncio.gather(*(jwks(town) for _ in range(6)))}) == 1
    async with town.database.sessions() as session:
        assert await session.scalar(select(func.count()).select_from(SigningKey)) == 1


async def test_a_new_key_is_known_before_it_signs_and_the_old_one_until_its_last_token_ends(
    make_town: Any,
) -> None:
    town = await make_town()
    old_token = await service_token(town)
    [old] = await jwks(town)
    await rotated(town)
    assert len(await jwks(town)) == 2
    assert (await verified(town, await service_token(town))).subject == "notify"
    town.clock.now += ANNOUNCED_BEFORE
    fresh = await service_token(town)
    assert (await verified(town, old_token)).subject == "notify"
    assert (await verified(town, fresh)).subject == "notify"
    town.clock.now += KEPT_AFTER
    assert old not in await jwks(town)
    assert len(await jwks(town)) == 1
    assert (await verified(town, fresh)).subject == "notify"
    with pytest.raises(UnauthenticatedError):
        await verified(town, old_token)


async def test_rotation_waits_until_it_is_due_and_private_halves_stay_sealed(make_town: Any) -> None:
    town = await make_town()
    await service_token(town)
    rotate = next(job for job in jobs_of(town) if job.name == "rotate-key")
    await rotate.run(town.database, town.clock.now)
    assert len(await jwks(town)) == 1
    town.clock.now += ROTATE_EVERY
    await rotate.run(town.database, town.clock.now)
    assert len(await jwks(town)) == 2
    async with town.database.sessions() as session:
        keys = (await session.scalars(select(SigningKey))).all()
    assert all("ENCRYPTED" in key.sealed and "d" not in key.public_jwk for key in keys)


def test_the_secret_of_the_chest_is_private_and_the_same_for_all_processes(tmp_path: Path) -> None:
    first, second = FileChest(tmp_path / "signing"), FileChest(tmp_path / "signing")
    assert first.secret("work") == second.secret("work")
    assert first.secret("work") != first.secret("signing keys")
    place = tmp_path / "signing" / "identity.secret"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert [entry.name for entry in place.parent.iterdir()] == ["identity.secret"]
    made = first.new_key()
    assert "PRIVATE KEY" in second.open(made.sealed)
    for sealed in (made.sealed, made.sealed.replace("ENCRYPTED ", ""), "no key"):
        with pytest.raises(ValueError, match="password of this chest"):
            FileChest(tmp_path / "elsewhere").open(sealed)
    place.write_bytes(b"short")
    with pytest.raises(ValueError, match="32 bytes"):
        FileChest(tmp_path / "signing")


@pytest.mark.parametrize(
    "body",
    [
        {**SERVICE, "client_secret": "s4"},
        {**SERVICE, "client_secret": ""},
        {"client_id": "x", "client_secret": ""},
    ],
)
async def test_a_service_without_its_secret_gets_no_token(body: dict[str, str], town: Any) -> None:
    async with town.as_() as visitor:
        assert (await visitor.post("/api/identity/service-tokens", json=body)).status_code == 401


async def test_a_service_with_the_right_reads_contacts_and_each_is_logged(town: Any) -> None:
    body, tokens = await town.registered()
    path, id_ = "/api/identity/contacts/readings", tokens["account"]["id"]
    asked = {"account_ids": [id_, "nobody", "018f0000-0000-7000-8000-0000000000ff"]}
    notify = await town.with_token({"access_token": await service_token(town)})
    contacts = await notify.post(path, json=asked)
    assert contacts.json()["items"] == [
        {
            "account_id": id_,
            "display_name": body["full_name"],
            "email": body["email"],
            "phone": f"+84{body['phone'][1:]}",
            "language": "vi",
            "channels": ["portal", "email"],
        }
    ]
    assert (await notify.post(path, json={"account_ids": ["x"] * 501})).status_code == 422
    async with town.database.sessions() as session:
        read = select(AccessEntry.subject).where(
            AccessEntry.action == Action.CONTACT_READ, AccessEntry.account_id == id_
        )
        assert (await session.scalars(read)).all() == ["notify"]
    for caller in (citizen(), officer("operator"), None):
        async with town.as_(caller) as other:
            assert (await other.post(path, json=asked)).status_code == (403 if caller else 401)


async def test_what_has_expired_is_forgotten_and_the_access_log_stays(make_town: Any) -> None:
    town = await make_town()
    await town.registered()
    await town.sign_in("nobody@example.vn", "wrong")
    forget = next(job for job in jobs_of(town) if job.name == "forget-expired").run
    await forget(town.database, town.clock.now)
    tables = (Challenge, SignInTally, SigningKey)

    async def counts() -> list[int]:
        async with town.database.sessions() as session:
            return [await session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]

    assert 0 not in await counts()
    await rotated(town)
    await forget(town.database, town.clock.now + timedelta(days=2))
    assert await counts() == [0, 0, 1]
    async with town.database.sessions() as session:
        told = await session.execute(
            text(
                "select subject, purpose, details from audit_line where deed = 'change' and route like 'job%'"
            )
        )
        assert ("one_time_code", "retention.one_time_code_days", '{"count":1}') in set(map(tuple, told))
    async with town.database.sessions() as session:
        assert await session.scalar(select(func.count()).select_from(AccessEntry)) == 2


async def test_keys_read_before_are_told_while_the_database_is_away_and_until_no_token_needs_them(
    make_town: Any,
) -> None:
    town = await make_town()
    token, known = await service_token(town), await jwks(town)
    town.app.state.database = Database(NOWHERE)
    assert await jwks(town) == known
    assert (await verified(town, token)).subject == "notify"
    town.clock.now += KEPT_AFTER
    async with town.as_() as visitor:
        answer = await visitor.get("/api/identity/jwks")
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    town.app.state.database = town.database
    assert await jwks(town) == known


async def test_a_key_that_was_withdrawn_is_gone_once_the_database_is_back(make_town: Any) -> None:
    town = await make_town()
    [old] = await jwks(town)
    await rotated(town)
    [_, new] = await jwks(town)
    async with town.database.sessions.begin() as session:
        (await session.get_one(SigningKey, new)).published_until = town.clock.now
        (await session.get_one(SigningKey, old)).published_until = town.clock.now + timedelta(minutes=5)
    town.app.state.database = Database(NOWHERE)
    assert await jwks(town) == [old, new]
    town.app.state.database = town.database
    assert await jwks(town) == [old]
    town.app.state.database = Database(NOWHERE)
    assert await jwks(town) == [old]
    town.clock.now += timedelta(minutes=5)
    async with town.as_() as visitor:
        assert (await visitor.get("/api/identity/jwks")).status_code == 503


async def test_a_database_that_hangs_holds_nobody_up_who_asks_for_the_keys(make_town: Any) -> None:
    town = await make_town()
    known = await jwks(town)
    silent = await asyncio.start_server(lambda *_: asyncio.sleep(60), "127.0.0.1", 0)
    port = silent.sockets[0].getsockname()[1]
    town.app.state.database = Database(f"postgresql://nobody:x@127.0.0.1:{port}/none")
    async with asyncio.timeout(3):
        assert await jwks(town) == known
    silent.close()


@pytest.mark.parametrize("dsn", [NOWHERE, "postgresql://nobody:x@nowhere.invalid/none"])
async def test_without_its_database_the_service_says_so_and_calls_it_no_fault_of_its_own(
    dsn: str, make_town: Any, person: Any, key: Any
) -> None:
    town = await make_town()
    town.app.state.database = Database(dsn)
    with captured_logs() as logged:
        async with town.as_() as visitor:
            answers = [
                await visitor.get("/api/identity/jwks"),
                await visitor.post("/api/identity/registrations", json=person(), headers=key()),
                await visitor.post("/api/identity/service-tokens", json=SERVICE),
                await town.sign_in("ai@example.vn", "sai"),
            ]
    told = {(answer.status_code, answer.headers["content-type"]) for answer in answers}
    assert told == {(503, "application/problem+json")}
    assert all(answer.json()["code"] == "unavailable" for answer in answers)
    assert not [entry for entry in logged if entry["event"] == "unhandled error"]
