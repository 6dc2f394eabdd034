"""What says who somebody is stands sealed: a copy of the database tells nothing of it, and all is found the same."""

import asyncio
import re
import subprocess
import time
from collections.abc import Callable
from typing import Any

import pytest
from common.resealing import CLEAR, values_by_key
from common.sealing import FILE, FIRST, Ring, SealBrokenError, add_key
from identity.adapters.file_chest import FileChest
from identity.models import Account, AccountChange
from identity.usecases.seal_columns import KINDS, seal_columns
from identity.usecases.seed_accounts import seed_accounts, seeded_id
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError
from suite.run.places import postgres_programs

PEOPLE = 1000
PASSWORD = "Mot mat ma dai"
STREET, BORN = "Số 5, đường Tràng An", "1988-04-30"


def citizen(number: int) -> dict[str, Any]:
    return {
        "kind": "individual",
        "full_name": "Nguyễn Thị Ánh",
        "id_number": f"0372880{number:05d}",
        "email": f"canary{number:05d}@giu-kin.example",
        "phone": f"09177{number:05d}",
        "password": PASSWORD,
    }


async def settled(town: Any, *people: dict[str, Any]) -> None:
    async with town.database.sessions.begin() as session:
        await seed_accounts(session, people, passwords=town.app.state.built.passwords, now=town.clock.now)


async def until(holds: Callable[[], bool]) -> None:
    for _ in range(2000):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came")


async def sealed_all(town: Any, batch: int = 200) -> int:
    total, count = 0, 1
    while count:
        async with town.database.sessions.begin() as session:
            count = await seal_columns(session, batch)
        total += count
    return total


async def counted(town: Any) -> dict[str, int]:
    async with town.database.sessions() as session:
        return {key: count for key, count in (await values_by_key(session, KINDS)).items() if count}


async def dumped(town: Any) -> str:
    """Copy the database as whoever steals a dump has it."""
    command = [str(postgres_programs() / "pg_dump"), "--inserts", town.database.dsn]
    done = await asyncio.to_thread(subprocess.run, command, capture_output=True, check=True, text=True)
    return done.stdout


async def met(town: Any) -> tuple[dict[str, Any], Any]:
    """Register somebody who then completes the profile, asks for another address, and leaves a second one waiting."""
    body, told = await town.registered()
    mine = await town.with_token(told)
    values = {"version": 1, "address": STREET, "date_of_birth": BORN}
    assert (await mine.patch("/api/identity/me", json=values)).status_code == 200
    change = {"email": "doi-sang@giu-kin.example", "current": body["password"]}
    assert (await mine.post("/api/identity/me/email-changes", json=change)).status_code == 202
    return body, mine


@pytest.mark.asvs("11.3.3")
async def test_s41_a_copy_of_the_database_holds_no_number_no_address_and_no_day_of_birth(
    make_town: Any,
) -> None:
    town = await make_town()
    people = [citizen(number) for number in range(PEOPLE)]
    await settled(town, *people)
    body, _ = await met(town)
    waiting, _ = await town.register()
    everybody = (*people, body, waiting)
    canaries = [one[field] for one in everybody for field in ("id_number", "email")]
    canaries += [one["phone"][1:] for one in everybody]  # however it is written
    canaries += [STREET, BORN, "doi-sang@giu-kin.example"]
    copy = await dumped(town)
    assert "Nguyễn Thị Ánh" in copy, "names stay readable, and so the copy is one"
    assert [one for one in canaries if one in copy] == []
    town.database.ring = None
    await settled(town, citizen(PEOPLE))
    assert citizen(PEOPLE)["phone"][1:] in await dumped(town), "the look into the copy would see one"


async def test_s41_who_is_looked_for_is_found_by_every_way_in_and_nobody_twice(town: Any) -> None:
    body, told = await town.registered()
    for login in (body["email"], body["id_number"]):
        assert (await town.sign_in(login, body["password"])).status_code == 200, login
    for same in ("email", "id_number"):
        _, answer = await town.register(**{same: body[same]})
        assert answer.status_code == 201
        letters = [one for one in town.mail.letters if one.to == body["email"]]
        assert not re.search(r"\b[0-9]{6}\b", letters[-1].text), "the owner is told, and nobody gets a code"
    mine = await town.with_token(told)
    seen = (await mine.get("/api/identity/me")).json()
    assert (seen["id_number"], seen["email"]) == (body["id_number"], body["email"])
    assert seen["phone"].endswith(body["phone"][1:])


def test_s41_a_sealed_column_is_not_compared_in_clear_by_mistake() -> None:
    with pytest.raises(TypeError, match="phone is sealed"):
        _ = Account.phone == "+84912345678"


async def test_s41_a_value_moved_to_another_row_opens_for_nobody(town: Any) -> None:
    await settled(town, citizen(2001), citizen(2002))
    one, other = (seeded_id(citizen(number)["email"]) for number in (2001, 2002))
    async with town.database.sessions.begin() as session:
        stolen = await session.scalar(select(Account.email_sealed).where(Account.id == one))
        await session.execute(update(Account).where(Account.id == other).values(email_sealed=stolen))
    async with town.database.sessions() as session:
        assert (await session.get_one(Account, one)).email == citizen(2001)["email"]
        with pytest.raises(SealBrokenError):
            _ = (await session.get_one(Account, other)).email


async def test_s41_what_an_older_version_wrote_is_found_in_clear_and_sealed_once(make_town: Any) -> None:
    town = await make_town()
    ring, town.database.ring = town.database.ring, None
    await settled(town, citizen(1))
    town.database.ring = ring
    who, phone = seeded_id(citizen(1)["email"]), citizen(1)["email"]
    town_told = (await town.sign_in(phone, PASSWORD)).json()
    town.database.ring = None
    mine = await town.with_token(town_told)
    assert (await mine.patch("/api/identity/me", json={"version": 1, "address": STREET})).status_code == 200
    town.database.ring = ring
    assert (await counted(town))[CLEAR] == 5
    assert await sealed_all(town) == 2
    assert CLEAR not in await counted(town)
    assert await sealed_all(town) == 0
    assert (await town.sign_in(phone, PASSWORD)).status_code == 200
    async with town.database.sessions() as session:
        account = await session.get_one(Account, who)
        assert (account.address, account.version) == (STREET, 2)
    history = (await mine.get("/api/identity/me/history")).json()["items"]
    assert [(line["field"], line["before"], line["after"]) for line in history] == [("address", None, STREET)]


async def test_s47_history_is_sealed_once_and_never_written_over(town: Any) -> None:
    _, mine = await met(town)
    async with town.database.sessions() as session:
        change = (await session.scalars(select(AccountChange).order_by(AccountChange.id.desc()))).first()
        with pytest.raises(DBAPIError, match="rows are only added"):
            await session.execute(
                text("select seal_account_change(:id, 'k0.x', 'k0.y')").bindparams(id=change.id)
            )
    assert (await mine.get("/api/identity/me/history")).status_code == 200


async def test_a_version_without_seals_beside_this_one_reads_everything(make_town: Any) -> None:
    town = await make_town()
    town.database.ring.beside = True
    await settled(town, citizen(1))
    async with town.database.sessions() as session:
        plain = (await session.execute(text("select id_number, email, phone from account"))).one()
        assert plain == (citizen(1)["id_number"], citizen(1)["email"], "+84" + citizen(1)["phone"][1:])
    await _older(town, "moi@giu-kin.example")
    assert (await town.sign_in("moi@giu-kin.example", PASSWORD)).status_code == 200
    assert (await town.sign_in(citizen(1)["email"], PASSWORD)).status_code == 401
    assert await sealed_all(town) == 0
    town.database.ring.beside = False
    assert await sealed_all(town) == 1
    assert (await town.sign_in("moi@giu-kin.example", PASSWORD)).status_code == 200
    assert (await town.sign_in(citizen(1)["email"], PASSWORD)).status_code == 401


async def _older(town: Any, address: str) -> None:
    """Write as a version does that knows nothing of seals."""
    async with town.database.sessions.begin() as session:
        await session.execute(text("update account set email = :one").bindparams(one=address))


@pytest.mark.asvs("11.2.2")
async def test_s42_the_key_changes_while_people_come_and_go(make_town: Any, tmp_path: Any) -> None:
    town = await make_town()
    clock, file = [time.time()], tmp_path / FILE
    chest = FileChest(tmp_path)
    town.database.ring = ring = Ring(chest.secret("sealed columns"), file, now=lambda: clock[0])
    await settled(town, *(citizen(number) for number in range(300)))
    before = await counted(town)
    assert set(before) == {FIRST}
    refused: list[object] = []
    over = asyncio.Event()

    times = 0

    async def visits(first: int) -> None:
        nonlocal times
        while not over.is_set():
            number = first + times % 20
            answer = await town.sign_in(citizen(number)["email"], PASSWORD, address=f"203.0.113.{first}")
            if answer.status_code != 200:
                refused.append(answer.text)
            times += 1

    coming = [asyncio.create_task(visits(first)) for first in (0, 100, 200)]
    try:
        await until(lambda: times > 10)
        add_key(file, clock[0])
        clock[0] += 121
        ring._look(0)
        assert await sealed_all(town, 25) == 300
        came = times
        await until(lambda: times > came + 10)
    finally:
        over.set()
        await asyncio.gather(*coming)
    assert (refused, came > 10) == ([], True)
    assert set(await counted(town)) == {"k1"}
    async with town.database.sessions() as session:
        versions = set(await session.scalars(select(Account.version)))
    assert versions == {1}, "nobody edited anything"
    assert (await town.sign_in(citizen(7)["email"], PASSWORD)).status_code == 200
