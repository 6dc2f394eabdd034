"""Give every service a database and a role of its own, and bring its tables up to date."""

import asyncio
from collections.abc import Callable, Sequence

import asyncpg
from common.inbox import grants_for_writer
from common.migrations import upgrade

from suite.run.layout import NEWS, OWNERS, Plan

Report = Callable[[str], None]
Admin = Callable[[str], str]  # a database's name -> its address for whoever may make databases and roles


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


async def _ensure_database(connection: asyncpg.Connection, name: str) -> None:
    """Create the database of a service; its owner may do anything there, everybody else nothing."""
    if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name):
        await connection.execute(f'CREATE DATABASE "{name}" OWNER "{name}"')
    await connection.execute(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')
    await connection.execute(f'GRANT CONNECT ON DATABASE "{name}" TO "{name}_inbox"')


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
    """Create what is missing and migrate the services; safe to repeat at each start."""
    connection = await asyncpg.connect(admin("postgres"))
    for name in services:
        for role in (name, f"{name}_inbox"):
            await _ensure_role(connection, role, plan.passwords[role])
        await _ensure_database(connection, name)
    if not plan.redis_url:
        await _ensure_role(connection, NEWS, plan.passwords[NEWS])
        await _ensure_news(connection)
    await connection.close()
    for name in services:
        await asyncio.to_thread(upgrade, plan.dsn(name), name)
        await _grant_inbox(admin, name)
        report(name)
