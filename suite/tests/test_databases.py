"""Each service reaches its own database and nobody else's."""

import asyncpg
import pytest
from suite.run.databases import prepare_databases
from suite.run.layout import OWNERS, Plan, plan
from suite.run.postgres import PostgresServer
from suite.testing import private_folder


@pytest.fixture(scope="module")
async def prepared(postgres: PostgresServer) -> Plan:
    made = plan(private_folder("plan"), 8080, "national-2026")
    ready = Plan(**{**vars(made), "postgres_port": postgres.port})
    names: list[str] = []
    await prepare_databases(postgres.dsn, ready, names.append)
    await prepare_databases(postgres.dsn, ready, names.append)  # a second start finds everything in place
    assert names == [*OWNERS, *OWNERS]
    return ready


@pytest.mark.parametrize("service", OWNERS)
async def test_a_service_cannot_enter_the_database_of_another(prepared: Plan, service: str) -> None:
    own = await asyncpg.connect(prepared.dsn(service))
    assert await own.fetchval("SELECT count(*) FROM outbox") == 0
    await own.close()
    for other in OWNERS:
        if other != service:
            foreign = prepared.dsn(service).rsplit("/", 1)[0] + f"/{other}"
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await asyncpg.connect(foreign)


async def test_a_carrier_may_insert_into_an_inbox_and_nothing_else(prepared: Plan) -> None:
    carrier = await asyncpg.connect(prepared.dsn("intake", "intake_inbox"))
    await carrier.execute(
        "INSERT INTO inbox (id, type, envelope) VALUES (gen_random_uuid(), 'x.y.v1', '{}') ON CONFLICT DO NOTHING"
    )
    for statement in (
        "SELECT * FROM inbox",
        "DELETE FROM inbox",
        "SELECT * FROM outbox",
        "CREATE TABLE t (x int)",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await carrier.execute(statement)
    await carrier.close()


async def test_who_carries_news_enters_one_database_and_keeps_nothing_there(prepared: Plan) -> None:
    carrier = await asyncpg.connect(prepared.dsn("news"))
    await carrier.execute("NOTIFY live, '[]'")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await carrier.execute("CREATE TABLE t (x int)")
    await carrier.close()
    for other in OWNERS:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await asyncpg.connect(prepared.dsn("news").rsplit("/", 1)[0] + f"/{other}")
