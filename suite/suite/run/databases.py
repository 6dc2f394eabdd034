"""Give every service a database and a role of its own, and bring its tables up to date."""

import asyncio
from collections.abc import Callable, Sequence

import asyncpg
from audit.tables import KEPT, rights_of
from common.inbox import grants_for_writer
from common.migrations import upgrade

from suite.run.layout import NEWS, OWNERS, Plan
from suite.run.tls import refuse_plain

Report = Callable[[str], None]
Admin = Callable[[str], str]  # a database's name -> its address for whoever may make databases and roles
_TABLES = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'"
# A table is closed where the trigger that refuses every change hangs on it.
_KEPT = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = $1"
# Longer than a service itself waits for an answer: this ends what a service forgot or somebody else began.
_PATIENCE = {"statement_timeout": 90, "lock_timeout": 30, "idle_in_transaction_session_timeout": 60}
_OURS = "SELECT pg_has_role(datdba, 'MEMBER') FROM pg_database WHERE datname = 'postgres'"
_MADE_BY = """SELECT format('alter table %I owner to %I', tablename, $2::text) FROM pg_tables
    WHERE schemaname = 'public' AND tableowner = $1
  UNION ALL SELECT format('alter function %s owner to %I', p.oid::regprocedure, $2::text) FROM pg_proc p
    JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_roles r ON r.oid = p.proowner
    WHERE n.nspname = 'public' AND r.rolname = $1
  UNION ALL SELECT format('alter database %I owner to %I', datname, $2::text) FROM pg_database d
    JOIN pg_roles r ON r.oid = d.datdba WHERE datname = current_database() AND r.rolname = $1"""


async def _ensure_role(connection: asyncpg.Connection, name: str, password: str) -> None:
    exists = await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", name)
    verb = "ALTER" if exists else "CREATE"
    statement = await connection.fetchval(
        "SELECT format($f$%s ROLE %I LOGIN PASSWORD %L NOSUPERUSER NOCREATEDB$f$, $1::text, $2::text, $3::text)",
        verb,
        name,
        password,
    )
    await connection.execute(statement)


def owner_of(service: str) -> str:
    """Return the role that owns a service's database and tables; nobody signs in as it."""
    return f"{service}_owner"


async def _ensure_owner(connection: asyncpg.Connection, name: str) -> None:
    """Create the owner of a service's tables, whose rights only whoever makes databases can take on."""
    owner = owner_of(name)
    if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", owner):
        await connection.execute(f'CREATE ROLE "{owner}" NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE')
    if not await connection.fetchval("SELECT pg_has_role($1, 'MEMBER')", owner):
        await connection.execute(f'GRANT "{owner}" TO CURRENT_USER')


async def _ensure_database(connection: asyncpg.Connection, name: str) -> None:
    """Create the database of a service: its role works there and owns nothing, everybody else stays outside."""
    if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name):
        await connection.execute(f'CREATE DATABASE "{name}" OWNER "{owner_of(name)}"')
    await connection.execute(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')
    await connection.execute(f'GRANT CONNECT ON DATABASE "{name}" TO "{name}_inbox"')
    await connection.execute(f'GRANT CONNECT, TEMPORARY ON DATABASE "{name}" TO "{name}"')


async def _bound(connection: asyncpg.Connection, roles: Sequence[str]) -> None:
    """Let no statement, no lock and no open transaction of a service go on for ever; keep them out of `postgres`."""
    for role in roles:
        for setting, seconds in _PATIENCE.items():
            await connection.execute(f"ALTER ROLE \"{role}\" SET {setting} = '{seconds}s'")
    if await connection.fetchval(_OURS):
        await connection.execute("REVOKE CONNECT, TEMPORARY ON DATABASE postgres FROM PUBLIC")


async def _take_over(admin: Admin, name: str) -> None:
    """Give the owner what the service's own role made before it owned nothing any more."""
    connection = await asyncpg.connect(admin(name))
    for change in await connection.fetch(_MADE_BY, name, owner_of(name)):
        await connection.execute(change[0])
    await connection.close()


async def _grant_service(admin: Admin, name: str) -> None:
    """Let the service's role read and write its tables, and only add where rows are only added."""
    connection = await asyncpg.connect(admin(name))
    tables = [row[0] for row in await connection.fetch(_TABLES)]
    kept = [row[0] for row in await connection.fetch(_KEPT, f"{KEPT}_change")]
    async with connection.transaction():
        await connection.execute(f'set local role "{owner_of(name)}"')
        await connection.execute("; ".join(rights_of(name, tables, kept)))
    await connection.close()


async def _ensure_news(connection: asyncpg.Connection) -> None:
    """Create the database that carries news: who enters it may notify and listen, and there is nothing to read."""
    if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", NEWS):
        await connection.execute(f'CREATE DATABASE "{NEWS}"')
    await connection.execute(f'REVOKE ALL ON DATABASE "{NEWS}" FROM PUBLIC')
    await connection.execute(f'GRANT CONNECT ON DATABASE "{NEWS}" TO "{NEWS}"')


async def _grant_inbox(admin: Admin, name: str) -> None:
    """Let the carrier's role insert into the inbox of a service and do nothing else there."""
    connection = await asyncpg.connect(admin(name))
    for statement in grants_for_writer(f"{name}_inbox"):
        await connection.execute(statement)
    await connection.close()


async def prepare_databases(
    admin: Admin, plan: Plan, report: Report, services: Sequence[str] = OWNERS
) -> None:
    """Create what is missing and migrate the services; safe to repeat at each start.

    Raises: PlainAddressError, where TLS is wanted and the server's address goes without.
    """
    refuse_plain("who makes the databases", {"the server's address": admin("postgres")})
    connection = await asyncpg.connect(admin("postgres"))
    for name in services:
        for role in (name, f"{name}_inbox"):
            await _ensure_role(connection, role, plan.passwords[role])
        await _bound(connection, (name, f"{name}_inbox"))
        await _ensure_owner(connection, name)
        await _ensure_database(connection, name)
    if not plan.redis_url:
        await _ensure_role(connection, NEWS, plan.passwords[NEWS])
        await _ensure_news(connection)
    await connection.close()
    for name in services:
        await _take_over(admin, name)
        await asyncio.to_thread(upgrade, admin(name), name, owner_of(name))
        await _grant_service(admin, name)
        await _grant_inbox(admin, name)
        report(name)
