"""Facts wait here, in the same transaction as the change they tell of, until every subscriber has them."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from common.database import Database
from common.events import Event, envelope_of, routing_key
from common.tracing import current_traceparent

_INSERT = text("""insert into outbox (id, type, routing_key, envelope, waiting_for)
    values (:id, :type, :routing_key, cast(:envelope as jsonb), :waiting_for)""")
_REPLAY = """update outbox set published_at = null, waiting_for = $1::text[]
    where created_at >= $2 and ($3::text is null or type = $3)
    and ($4::text is null or envelope->>'subject' = $4) and published_at is not null"""
_FORGET = """delete from outbox where id in (
    select id from outbox where published_at < clock_timestamp() - $1::interval order by id limit 5000)"""


class OutboxRow(NamedTuple):
    """The values of one outbox row, for a hot path that writes everything in one statement."""

    id: uuid.UUID
    type: str
    routing_key: str
    envelope_json: str


def outbox_values(event: Event, source: str, *, announcement: bool = False) -> OutboxRow:
    """Prepare the outbox row of an event; `source` is the name of the announcing service."""
    envelope = envelope_of(event, source, current_traceparent(), announcement=announcement)
    return OutboxRow(
        envelope.id, event.type, routing_key(event.type, event.agency), envelope.model_dump_json()
    )


async def record(session: AsyncSession, *events: Event) -> None:
    """Announce facts inside the caller's transaction; the relay is woken when it commits."""
    await _put(session, events)


async def repeat(session: AsyncSession, events: Sequence[Event], to: str | None) -> None:
    """Announce a present state again, to one subscriber or to all, marked so that nobody takes it for news."""
    await _put(session, events, announcement=True, waiting_for=None if to is None else [to])


async def _put(
    session: AsyncSession,
    events: Sequence[Event],
    *,
    announcement: bool = False,
    waiting_for: list[str] | None = None,
) -> None:
    if not events:
        return
    rows = [outbox_values(event, event.type.split(".", 1)[0], announcement=announcement) for event in events]
    await session.execute(
        _INSERT,
        [
            {
                "id": row.id,
                "type": row.type,
                "routing_key": row.routing_key,
                "envelope": row.envelope_json,
                "waiting_for": waiting_for,
            }
            for row in rows
        ],
    )
    session.info["announce"] = "database" in session.info


async def replay(
    database: Database,
    *,
    since: datetime,
    type_: str | None = None,
    aggregate: str | None = None,
    to: str | None = None,
) -> int:
    """Send published facts again, to one service or to all; the inboxes drop what they already hold.

    Returns how many facts were put back in line.
    """
    pool = await database.pool()
    status: str = await pool.execute(_REPLAY, None if to is None else [to], since, type_, aggregate)
    database.committed.set()
    return int(status.rsplit(" ", 1)[1])


async def forget_published(database: Database, older_than: timedelta) -> int:
    """Delete facts published longer ago than this, a few thousand at a time; returns how many."""
    return await forget(database, _FORGET, older_than)


async def forget(database: Database, statement: str, older_than: timedelta) -> int:
    """Run a bounded delete until nothing is left to delete; returns how many rows went."""
    pool, total = await database.pool(), 0
    while count := int((await pool.execute(statement, older_than)).rsplit(" ", 1)[1]):
        total += count
    return total
