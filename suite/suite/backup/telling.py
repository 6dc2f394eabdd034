"""Facts that were told and reached nobody's inbox: a broker that went with the machine had them in its queues."""

import uuid
from collections.abc import Collection
from typing import Any, Final

import asyncpg

from suite.run.layout import OWNERS, listens
from suite.run.postgres import PostgresServer

_AT_ONCE: Final = 10_000
_TOLD: Final = (
    """select id, type from outbox where published_at is not null and id > $1 order by id limit $2"""
)
_LACKED: Final = """select told.id from unnest($1::uuid[]) as told (id)
    where not exists (select from inbox where inbox.id = told.id)"""
_WAITING: Final = "select envelope->>'subject' from outbox where published_at is null or id = any($1)"
_ARRIVED: Final = "select envelope->>'subject' from inbox where done_at is null"


async def databases(server: PostgresServer) -> list[str]:
    """Return the services whose databases are there."""
    found = await column(server, "postgres", "select datname from pg_database")
    return [name for name in OWNERS if name in found]


async def column(server: PostgresServer, service: str, query: str, *values: Any) -> list[Any]:
    """Return the first column of what a service's database answers."""
    connection = await asyncpg.connect(server.dsn(service))
    try:
        return [row[0] for row in await connection.fetch(query, *values)]
    finally:
        await connection.close()


async def unheard(server: PostgresServer, teller: str, hearers: Collection[str]) -> set[uuid.UUID]:
    """Return the facts a service has told that some listener's inbox lacks.

    An inbox keeps longer what it had than an outbox what it told, so what is lacking there never arrived.
    """
    wanted = {name: [kind for kind in listens(name) if kind.startswith(f"{teller}.")] for name in hearers}
    found, last = set[uuid.UUID](), uuid.UUID(int=0)
    told = await asyncpg.connect(server.dsn(teller))
    inboxes = {name: await asyncpg.connect(server.dsn(name)) for name, kinds in wanted.items() if kinds}
    try:
        while rows := await told.fetch(_TOLD, last, _AT_ONCE):
            for name, inbox in inboxes.items():
                ids = [row["id"] for row in rows if row["type"] in wanted[name]]
                found.update(row["id"] for row in await inbox.fetch(_LACKED, ids))
            last = rows[-1]["id"]
    finally:
        for connection in (told, *inboxes.values()):
            await connection.close()
    return found


async def on_the_way(server: PostgresServer, teller: str, hearer: str) -> set[str]:
    """Return whose facts are on their way from one service to another, or would be again after a restore."""
    lacked = await unheard(server, teller, [hearer])
    waiting = await column(server, teller, _WAITING, list(lacked))
    return {*waiting, *await column(server, hearer, _ARRIVED)}
