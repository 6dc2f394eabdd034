"""The connections a test opened end with it, however many tests a run has."""

import asyncpg
import pytest
from suite.run.postgres import PostgresServer
from suite.testing import FreshDatabase

_before: list[str] = []


@pytest.mark.parametrize("turn", range(3))
async def test_a_database_of_an_earlier_test_holds_no_connection(
    turn: int, fresh_database: FreshDatabase, postgres: PostgresServer
) -> None:
    database = await fresh_database("stats")
    await (await database.pool()).fetchval("SELECT 1")
    held = await asyncpg.connect(postgres.dsn())
    names = await held.fetch("SELECT DISTINCT datname FROM pg_stat_activity WHERE datname LIKE 'stats%'")
    await held.close()
    mine = database.dsn.rsplit("/", 1)[1]
    assert mine in {name for (name,) in names}
    assert not {name for (name,) in names} & set(_before)
    _before.append(mine)
