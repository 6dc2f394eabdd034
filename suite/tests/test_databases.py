"""Each service reaches its own database and nobody else's."""

import asyncpg
import pytest
from suite.run.databases import prepare_databases
from suite.run.layout import OWNERS, Plan, plan
from suite.run.postgres import PostgresServer
from suite.testing.folders import private_folder


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


CLOSED = {
    "intake": ("audit_line", "audit_seal", "step", "access_refusal"),
    "identity": ("audit_line", "audit_seal", "access_entry", "account_change"),
    "catalog": ("audit_line", "audit_seal", "edit_entry"),
}


@pytest.mark.parametrize("service", CLOSED)
async def test_a_service_adds_to_its_histories_and_cannot_change_them(prepared: Plan, service: str) -> None:
    own = await asyncpg.connect(prepared.dsn(service))
    await own.execute("insert into audit_line (actor, deed) values ('a', 'view')")
    forbidden = [
        "insert into audit_line (at) values (now())",
        "insert into audit_line (xid) values (1)",
        "create or replace function audit_keep() returns trigger language plpgsql as $$ begin return old; end $$",
        "create table audit_other (x int)",
        f"drop database {service}",
    ]
    for table in CLOSED[service]:
        forbidden += [
            f"update {table} set {await column_of(own, table)} = null",
            f"delete from {table}",
            f"truncate {table}",
            f"alter table {table} disable trigger user",
            f"drop table {table}",
        ]
    for statement in forbidden:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await own.execute(statement)
    await own.close()


async def column_of(connection: asyncpg.Connection, table: str) -> str:
    return await connection.fetchval(
        "select attname::text from pg_attribute where attrelid = $1::regclass and attnum = 2", table
    )


async def test_r_ops_07_even_the_owner_is_stopped_by_the_second_wall(
    prepared: Plan, postgres: PostgresServer
) -> None:
    owner = await asyncpg.connect(postgres.dsn("intake"))
    await owner.execute("insert into audit_line (actor) values ('a')")
    for statement in ("delete from audit_line", "update audit_line set actor = 'b'", "truncate step"):
        with pytest.raises(asyncpg.IntegrityConstraintViolationError):
            await owner.execute(statement)
    await owner.close()


async def test_what_a_service_made_before_it_owned_nothing_is_taken_over(
    postgres: PostgresServer, prepared: Plan
) -> None:
    admin = await asyncpg.connect(postgres.dsn())
    await admin.execute("drop database if exists stats")
    await prepare_databases(postgres.dsn, prepared, lambda _: None, ("stats",))
    inside = await asyncpg.connect(postgres.dsn("stats"))
    await inside.execute("reassign owned by stats_owner to stats")
    assert await inside.fetchval("select tableowner from pg_tables where tablename = 'fact'") == "stats"
    await prepare_databases(postgres.dsn, prepared, lambda _: None, ("stats",))
    owners = "select distinct tableowner::text from pg_tables where schemaname = 'public'"
    assert [row[0] for row in await inside.fetch(owners)] == ["stats_owner"]
    await inside.close()
    await admin.close()
