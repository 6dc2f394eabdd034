"""What a service listens to, and the table where each fact waits until it has taken effect exactly once."""

import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, NamedTuple, TypeVar

import asyncpg
from pydantic import BaseModel, ConfigDict
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from common.database import Database
from common.outbox import forget
from common.tracing import is_tracing

_STORE = """insert into inbox (id, type, envelope)
    select * from unnest($1::uuid[], $2::text[], $3::jsonb[]) on conflict do nothing"""
_STORE_AND_WAKE = f"with put as ({_STORE}) select pg_notify('inbox', '')"
_DEAD = """select id, type, envelope->>'subject' as aggregate_id, attempts, dead_at, error from inbox
    where dead_at is not null order by dead_at desc limit $1"""
_REDRIVE = """update inbox set dead_at = null, attempts = 0, retry_at = null
    where dead_at is not null and ($1::uuid[] is null or id = any($1)) and ($2::text is null or type = $2)"""
_WAITING = """select type, waits_for, count(*) as count, min(waits_since) as since from inbox
    where waits_for is not null and done_at is null and dead_at is null group by 1, 2 order by since limit $1"""
_FORGET = """delete from inbox where id in (
    select id from inbox where done_at < clock_timestamp() - $1::interval order by id limit 5000)"""


_TRACES = text("""select id, envelope->>'traceparent' as told from inbox
    where id = any(:ids) and envelope->>'traceparent' is not null""")


class NotYetError(Exception):
    """What an event rests on has not arrived; the event waits in the inbox for it, however long that takes."""

    def __init__(self, what: str, key: str) -> None:
        """Name what is missing, for example `procedure` and `1.001193/2`; no personal data."""
        super().__init__(f"{what} {key}")


class Slice(BaseModel):
    """The part of one event type that a service reads; everything else is ignored.

    A slice names its fields and invents no default: only a field that the contract leaves out may be missing here. A
    class without `type` is what several slices share, or a part inside one.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    type: ClassVar[str]


async def traces(session: AsyncSession, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return by id the traces in which facts were announced, for what follows from them later; if any is kept."""
    rows = await session.execute(_TRACES, {"ids": list(ids)}) if is_tracing() else ()
    return {row.id: row.told for row in rows}


M = TypeVar("M", bound=Slice)


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known about an event beside its content; an `announcement` repeats a present state and is no news."""

    id: uuid.UUID
    type: str
    time: datetime
    agency: str | None
    aggregate_id: str
    aggregate_version: int
    announcement: bool = False


Told = Sequence[tuple[Any, Meta]]
"""Events of one batch in the order they came, each with what is known about it."""


@dataclass(frozen=True)
class Subscription:
    """The slice of one event type that this service reads, and what it does with those that come after one another.

    `together` is false where each event is handled for itself.
    """

    model: type[Slice]
    handler: Callable[[AsyncSession, Told], Awaitable[None]]
    together: bool


class Subscriptions:
    """The event types one service listens to; it gathers what comes within `gather` seconds behind a first event."""

    def __init__(self, service: str, *, gather: float = 0.0) -> None:
        self.service, self.gather = service, gather
        self._by_type: dict[str, Subscription] = {}

    def on(self, model: type[M], handler: Callable[[AsyncSession, M, Meta], Awaitable[None]]) -> None:
        """Call the handler for each event of the slice's type, in one transaction with its inbox row."""

        async def one_by_one(session: AsyncSession, told: Told) -> None:
            for event, meta in told:
                await handler(session, event, meta)

        self._add(model, Subscription(model, one_by_one, together=False))

    def on_many(
        self, models: Sequence[type[M]], handler: Callable[[AsyncSession, Told], Awaitable[None]]
    ) -> None:
        """Call the handler with all events of these types that stand next to each other in a batch.

        Where it fails for several it is called again for each alone, so that only the one at fault waits or fails.
        """
        for model in models:
            self._add(model, Subscription(model, handler, together=True))

    def _add(self, model: type[Slice], subscription: Subscription) -> None:
        if model.type in self._by_type:
            raise ValueError(f"{self.service} already listens to {model.type}")
        self._by_type[model.type] = subscription

    @property
    def types(self) -> tuple[str, ...]:
        """List the event types, in the order they were named."""
        return tuple(self._by_type)

    def __getitem__(self, type_: str) -> Subscription:
        """Return what is done for a type that is listened to. Raises: KeyError."""
        return self._by_type[type_]

    def get(self, type_: str) -> Subscription | None:
        """Find what is done for a type, nothing where it is not listened to."""
        return self._by_type.get(type_)


class Arrival(NamedTuple):
    """One event as a carrier hands it over."""

    id: uuid.UUID
    type: str
    envelope_json: str


@dataclass(frozen=True)
class DeadLetter:
    """One event that failed too often and waits for a person."""

    id: uuid.UUID
    type: str
    aggregate_id: str
    attempts: int
    dead_at: datetime
    error: str


@dataclass(frozen=True)
class Waiting:
    """Events of one type that wait for the same thing to arrive; `since` is when the oldest began to."""

    type: str
    waits_for: str
    count: int
    since: datetime


async def store(
    pool: asyncpg.Pool | asyncpg.Connection, arrivals: Sequence[Arrival], *, wake: bool = False
) -> None:
    """Put arrived events into the inbox; one that is there already changes nothing. `wake` tells its owner."""
    ids, types, envelopes = (
        [a.id for a in arrivals],
        [a.type for a in arrivals],
        [a.envelope_json for a in arrivals],
    )
    await pool.execute(_STORE_AND_WAKE if wake else _STORE, ids, types, envelopes)


async def dead(database: Database, limit: int = 100) -> list[DeadLetter]:
    """List dead letters, the newest first."""
    pool = await database.pool()
    return [DeadLetter(**row) for row in await pool.fetch(_DEAD, limit)]


async def waiting(database: Database, limit: int = 100) -> list[Waiting]:
    """List what events wait for, the longest wait first."""
    pool = await database.pool()
    return [Waiting(**row) for row in await pool.fetch(_WAITING, limit)]


async def redrive(
    database: Database, ids: Sequence[uuid.UUID] | None = None, type_: str | None = None
) -> int:
    """Give dead letters a new life: all, those named, or those of a type; returns how many."""
    pool = await database.pool()
    async with pool.acquire() as connection, connection.transaction():
        status: str = await connection.execute(_REDRIVE, None if ids is None else list(ids), type_)
        await connection.execute("notify inbox")
    return int(status.rsplit(" ", 1)[1])


async def forget_done(database: Database, older_than: timedelta) -> int:
    """Delete events that took effect longer ago than this; returns how many."""
    return await forget(database, _FORGET, older_than)


def grants_for_writer(role: str) -> tuple[str, ...]:
    """Give the statements that let an existing role insert into this inbox and do nothing else."""
    quoted = '"' + role.replace('"', '""') + '"'
    return (
        f"grant usage on schema public to {quoted}",
        f"grant insert (id, type, envelope) on inbox to {quoted}",
    )
