"""The database of a service: migrations, models, versions, sessions."""

import asyncio

import asyncpg
import pytest
from board.events import posted
from board.models import Base, Notice
from common import migrations, outbox
from common.database import Base as AnyBase
from common.database import Database
from common.errors import StaleVersionError
from common.migrated import Migrated
from common.migrations import differences, upgrade
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError


@pytest.fixture
async def database(fresh_database):
    return await fresh_database("board")


async def test_the_migrated_database_and_the_models_agree(database):
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences, Base.metadata) == []


async def test_a_missing_column_is_seen_as_a_difference(database):
    async with database.engine.connect() as connection:
        await connection.exec_driver_sql("alter table outbox drop column waiting_for")
        assert await connection.run_sync(differences, Base.metadata) != []
        await connection.rollback()


async def test_migrating_again_and_in_parallel_changes_nothing(database):
    await asyncio.gather(*(asyncio.to_thread(upgrade, database.dsn, "board") for _ in range(3)))
    pool = await database.pool()
    assert await pool.fetchval("select version_num from board_migration") == "0001"


async def test_a_migration_gives_up_where_it_would_make_everybody_wait(database, monkeypatch):
    monkeypatch.setitem(migrations.LIMITS, "lock_timeout", "50ms")
    async with database.engine.connect() as connection:
        await connection.exec_driver_sql("lock table board_migration in access exclusive mode")
        with pytest.raises(DBAPIError, match="lock timeout"):
            await asyncio.to_thread(upgrade, database.dsn, "board")
        await connection.rollback()


async def test_the_version_of_a_database_is_read_once_in_a_while(database):
    pool = await database.pool()
    always, seldom = Migrated(database, "board", every=0), Migrated(database, "board", every=60)
    assert (await always(), await seldom()) == (True, True)
    for version, holds in (("0000", False), ("0002", True), ("0001", True)):
        await pool.execute("update board_migration set version_num = $1", version)
        assert (await always(), await seldom()) == (holds, True)
    await pool.execute("delete from board_migration")
    assert not await always()


def test_two_services_keep_separate_models_of_the_same_name():
    class Other(AnyBase):
        pass

    assert Other.metadata is not Base.metadata
    assert Notice.metadata is Base.metadata


async def test_an_address_without_a_scheme_is_refused():
    with pytest.raises(ValueError, match="MOTCUA_DATABASE_URL"):
        Database("")


async def test_a_stale_version_is_refused_before_and_by_the_database(database):
    async with database.sessions() as first, database.sessions() as second:
        first.add(Notice(name="a", text="1"))
        await first.commit()
        mine, theirs = await first.get_one(Notice, "a"), await second.get_one(Notice, "a")
        mine.expect(1)
        mine.text = "2"
        await first.commit()
        with pytest.raises(StaleVersionError):
            mine.expect(1)
        theirs.text = "3"
        with pytest.raises(StaleDataError):
            await second.commit()


async def test_the_relay_is_woken_by_a_commit_with_events_and_only_then(database):
    async with database.sessions() as session:
        await outbox.record(session, posted("a"))
        assert not database.committed.is_set()
        await session.rollback()
        await session.commit()
        assert not database.committed.is_set()
        await outbox.record(session, posted("b"), posted("c"))
        await session.commit()
    assert database.committed.is_set()
    pool = await database.pool()
    assert await pool.fetchval("select count(*) from outbox") == 2


async def test_a_session_survives_the_loss_of_its_pooled_connection(database):
    async with database.sessions() as session:
        pid = await session.scalar(__import__("sqlalchemy").text("select pg_backend_pid()"))
    killer = await asyncpg.connect(database.dsn)
    await killer.execute("select pg_terminate_backend($1)", pid)
    await killer.close()
    await asyncio.sleep(0.05)
    async with database.sessions() as session:
        assert await session.get(Notice, "nobody") is None


async def test_a_disposed_database_opens_again(database):
    await database.dispose()
    assert await (await database.pool()).fetchval("select 1") == 1
