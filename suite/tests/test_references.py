"""Files nobody needs go in two steps, files somebody needs stay, and a damaged one is found."""

import hashlib
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest
from common.files import FileStore
from suite.run.references import InstanceApartError, Swept, referenced, refuse_apart, sweep, verify

NOW = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
GRACE = timedelta(days=30)
pytestmark = pytest.mark.asyncio


def address(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def silent(_step: str, _share: float) -> None:
    """Report nothing."""


class Room:
    """A store, and one database whose rows name files in every way a row can."""

    def __init__(self, folder: Path, dsn: str, rows: asyncpg.Connection) -> None:
        self.folder, self.store, self.dsns, self.rows = folder, FileStore(folder.as_uri()), [dsn], rows

    async def put(self, data: bytes, days: float) -> str:
        """Keep bytes that were put so many days ago."""
        kept = await self.store.put(data)
        self.age(kept.sha256, days)
        return kept.sha256

    def age(self, sha256: str, days: float) -> None:
        moment = (NOW - timedelta(days=days)).timestamp()
        os.utime(next(self.folder.rglob(sha256)), (moment, moment))

    async def sweep(self, now: datetime = NOW, *, dry: bool = False) -> Swept:
        return await sweep(self.store, self.dsns, now=now, grace=GRACE, report=silent, dry=dry)


@pytest.fixture
async def room(fresh_database, tmp_path: Path) -> AsyncIterator[Room]:
    database = await fresh_database("stats")
    rows = await asyncpg.connect(database.dsn)
    await rows.execute("""create table attachment (sha256 text, scan text);
        create table letter (body jsonb); create table "Odd name" (note text, more text[])""")
    yield Room(tmp_path / "files", database.dsn, rows)
    await rows.close()


async def test_an_address_counts_wherever_it_stands(room: Room) -> None:
    names = [address(bytes([n])) for n in range(5)]
    await room.rows.execute("insert into attachment values ($1, 'clean')", names[0])
    await room.rows.execute(
        "insert into letter values (jsonb_build_object('a', jsonb_build_array($1::text)))", names[1]
    )
    await room.rows.execute(
        """insert into "Odd name" values ('see ' || $1 || '.', array['x', $2])""", names[2], names[3]
    )
    await room.rows.execute("""insert into "Odd name" values ($1)""", "a" + names[4])
    assert await referenced(room.dsns, silent) >= set(names[:4])
    assert names[4] not in await referenced(room.dsns, silent)


async def test_s50_a_file_nobody_names_is_laid_aside_and_later_deleted(room: Room) -> None:
    needed, young, old = (
        await room.put(b"needed", 99),
        await room.put(b"young", 29),
        await room.put(b"old", 31),
    )
    await room.rows.execute("insert into attachment values ($1, 'clean')", needed)
    assert await room.sweep(dry=True) == Swept(1, 0, 0, 1)
    assert await room.store.exists(old)
    assert await room.sweep() == Swept(1, 0, 0, 1)
    assert [await room.store.exists(one) for one in (needed, young, old)] == [True, True, False]
    later = NOW + timedelta(days=30)
    assert (await room.sweep(later)).deleted == 1
    assert [one async for one in room.store.kept(swept=True)] != []  # the young one lies aside now
    assert not list(room.folder.rglob(old))


async def test_a_file_put_years_ago_lies_aside_as_long_as_any_other(room: Room) -> None:
    old = await room.put(b"old", 900)
    assert (await room.sweep()).aside == 1
    assert (await room.sweep(NOW + timedelta(days=1))).deleted == 0
    await room.rows.execute("insert into attachment values ($1, 'clean')", old)
    assert (await room.sweep(NOW + timedelta(days=29))).back == 1


async def test_a_file_that_is_named_again_comes_back(room: Room) -> None:
    old = await room.put(b"old", 40)
    await room.sweep()
    await room.rows.execute("insert into attachment values ($1, 'clean')", old)
    assert (await room.sweep(NOW + timedelta(days=365))).back == 1
    assert await room.store.get(old) == b"old"


async def test_a_file_that_is_put_again_is_young_again(room: Room) -> None:
    old = await room.put(b"old", 40)
    await room.store.put(b"old")
    assert (await room.sweep()).aside == 0
    assert await room.store.exists(old)


async def test_where_an_agency_holds_dossiers_nothing_is_swept(fresh_database) -> None:
    database = await fresh_database("processing")
    await refuse_apart(database.dsn)
    rows = await asyncpg.connect(database.dsn)
    await rows.execute("alter table turn disable trigger all")
    columns = await rows.fetch("""select column_name, data_type from information_schema.columns
        where table_name = 'turn' and is_nullable = 'NO' and column_default is null""")
    plain = {"timestamp with time zone": "now()", "uuid": "gen_random_uuid()", "jsonb": "'{}'"}
    values = ", ".join(plain.get(kind, "'1'") for _, kind in columns)
    await rows.execute(f"insert into turn ({', '.join(name for name, _ in columns)}) values ({values})")
    await rows.close()
    with pytest.raises(InstanceApartError):
        await refuse_apart(database.dsn)


async def test_a_missing_and_a_damaged_file_are_found(room: Room) -> None:
    whole, damaged, missing = (
        await room.put(b"whole", 1),
        await room.put(b"damaged", 1),
        address(b"missing"),
    )
    for one in (whole, damaged, missing):
        await room.rows.execute("insert into attachment values ($1, 'not_scanned')", one)
    await room.rows.execute("insert into attachment values ($1, 'pending')", address(b"in quarantine"))
    next(room.folder.rglob(damaged)).write_bytes(b"other")
    done = await verify(room.store, room.dsns, report=silent)
    assert done == (3, (missing,), (damaged,))
    assert (await verify(room.store, room.dsns, report=silent, sample=1)).read == 1
