"""What a service listens to, and the table where each fact waits until it has taken effect exactly once."""

import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple, TypeVar

import asyncpg
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from common.database import Database
from common.outbox import forget

M = TypeVar("M", bound=BaseModel)

_STORE = """insert into inbox (id, type, envelope)
    select * from unnest($1::uuid[], $2::text[], $3::jsonb[]) on conflict do nothing"""
_STORE_AND_WAKE = f"with put as ({_STORE}) select pg_notify('inbox', '')"
_DEAD = """select id, type, envelope->>'subject' as aggregate_id, attempts, dead_at, error from inbox
    where dead_at is not null order by dead_at desc limit $1"""
_REDRIVE = """update inbox set dead_at = null, attempts = 0, retry_at = null
    where dead_at is not null and ($1::uuid[] is null or id = any($1)) and ($2::text is null or type = $2)"""
_FORGET = """delete from inbox where id in (
    select id from inbox where done_at < clock_timestamp() - $1::interval order by id limit 5000)"""


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known about an event beside its content."""

    id: uuid.UUID
    type: str
    time: datetime
    agency: str | None
    aggregate_id: str
    aggregate_version: int


@dataclass(frozen=True)
class Subscription:
    """One event type, the slice of it this service reads, and what it does then."""

    model: type[BaseModel]
    handler: Callable[[AsyncSession, Any, Meta], Awaitable[None]]


class Subscriptions:
    """The event types one service listens to."""

    def __init__(self, service: str) -> None:
        self.service = service
        self._by_type: dict[str, Subscription] = {}

    def on(
        self, type_: str, model: type[M], handler: Callable[[AsyncSession, M, Meta], Awaitable[None]]
    ) -> None:
        """Call the handler for each event of a type, in one transaction with its inbox row."""
        if type_ in self._by_type:
            raise ValueError(f"{self.service} already listens to {type_}")
        self._by_type[type_] = Subscription(model, handler)

    @property
    def types(self) -> tuple[str, ...]:
        """List the event types, in the order they were named."""
        return tuple(self._by_type)

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
