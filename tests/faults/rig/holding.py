"""Who holds up others in a province, and how operators find and end it."""

import asyncio
import hashlib
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from rig.watch import Watch


@asynccontextmanager
async def held(watch: Watch, service: str, *statements: str) -> AsyncIterator[int]:
    """Hold what statements take in a database, in a session whose number is given."""
    connection = await watch.suite.connect(service)
    try:
        for statement in statements:
            await connection.execute(statement)
        yield await connection.fetchval("select pg_backend_pid()")
    finally:
        connection.terminate()


@asynccontextmanager
async def shut_out(watch: Watch, service: str, role: str) -> AsyncIterator[None]:
    """Let a role no longer into a database while the block lasts, and end what it has open."""
    await watch.suite.run(service, f"alter role {role} connection limit 0")
    ending = "select pg_terminate_backend(pid) from pg_stat_activity where usename = $1"
    await watch.suite.fetch(service, ending, role)
    try:
        yield
    finally:
        await watch.suite.run(service, f"alter role {role} connection limit -1")


BLOCKERS = """select distinct unnest(pg_blocking_pids(pid)) from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'"""


async def end_what_holds_the_others(watch: Watch, service: str) -> list[int]:
    """Find the sessions that others wait for, end them and return their numbers."""
    end = f"select pid, pg_terminate_backend(pid) from pg_stat_activity where pid in ({BLOCKERS})"
    return [int(row[0]) for row in await watch.suite.fetch(service, end)]


@asynccontextmanager
async def locking_again_and_again(watch: Watch, table: str) -> AsyncIterator[asyncio.Task[None]]:
    """Let a program take a table of intake for itself most of the time, until somebody ends its session."""
    connection = await watch.suite.connect("intake")

    async def go_on() -> None:
        while True:
            await connection.execute(f"begin; lock table {table} in access exclusive mode")
            await asyncio.sleep(1.3)
            await connection.execute("commit")
            await asyncio.sleep(0.02)

    program = asyncio.create_task(go_on())
    try:
        yield program
    finally:
        program.cancel()
        await asyncio.gather(program, return_exceptions=True)
        connection.terminate()


def orphan(watch: Watch) -> Path:
    """Lay a file down that nobody names and that is as old as what may be swept."""
    name = hashlib.sha256(b"nobody names this").hexdigest()
    place = Path(unquote(urlsplit(watch.suite.files_url).path)) / "clean" / name[:2] / name[2:4] / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"nobody names this")
    os.utime(place, (time.time() - 90 * 86400,) * 2)
    return place
