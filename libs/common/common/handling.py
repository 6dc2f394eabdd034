"""Lets each fact in the inbox take effect once, in order, with patience for the ones that fail."""

import asyncio
import random
import time
import uuid
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

import structlog
from sqlalchemy import Row, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession
from structlog.contextvars import bound_contextvars

from common import metrics
from common.database import Database
from common.inbox import Meta, NotYetError, Slice, Subscriptions
from common.logs import where
from common.relay import woken
from common.tracing import exemplar, following

# An earlier fact of the same aggregate that still waits: what came later waits behind it.
_HELD = """exists (select from inbox w where w.done_at is null and w.dead_at is null and w.waits_for is not null
    and w.envelope->>'subject' = inbox.envelope->>'subject' and w.envelope->>'source' = inbox.envelope->>'source'
    and (w.envelope->>'aggregateversion')::bigint < (inbox.envelope->>'aggregateversion')::bigint) as held"""
_FRESH = text(f"""select id, type, envelope, {_HELD} from inbox where done_at is null and dead_at is null
    and attempts = 0 and waits_for is null order by seq limit :batch for update of inbox skip locked""")  # noqa: S608 - all of it stands here
# Of those that wait for the same thing one is enough to see whether it has come.
_DUE = text("""select id from (
    select id, retry_at, seq from inbox where done_at is null and dead_at is null and attempts > 0
        and waits_for is null and retry_at <= clock_timestamp() union all
    (select distinct on (waits_for) id, retry_at, seq from inbox where done_at is null and dead_at is null
        and waits_for is not null and retry_at <= clock_timestamp() order by waits_for, seq)) as due
    order by retry_at, seq limit :batch""")
# Oldest first: among these is what the process before us had in hand when it ended.
_SUSPECT = text("""update inbox set attempts = 1, retry_at = clock_timestamp() where id in (
    select id from inbox where done_at is null and dead_at is null and attempts = 0 and waits_for is null
    order by seq limit :batch for update skip locked)""")
# Noted before an event is tried alone: whoever finds the note of an ended process knows what may have ended it.
_TAKE_UP = text("""update inbox set error = :note, retry_at = clock_timestamp() + make_interval(secs => :lease)
    from (select id, error, waits_for from inbox where id = :id and done_at is null and dead_at is null
    for update skip locked) as found where inbox.id = found.id
    returning inbox.id, inbox.type, found.error, found.waits_for, inbox.envelope->>'subject' as subject""")
_ONE = text(f"""select id, type, envelope, {_HELD} from inbox where id = :id and done_at is null and dead_at is null
    for update of inbox skip locked""")  # noqa: S608
_DONE = (
    "update inbox set done_at = clock_timestamp(), error = null, waits_for = null where id = any($1::uuid[])"
)
_FAILED = text("""update inbox set attempts = attempts + 1, error = :error,
    retry_at = clock_timestamp() + make_interval(secs => least(:base * power(2, attempts), 600) * :jitter),
    waits_for = null, dead_at = case when attempts + 1 >= :limit then clock_timestamp() end
    where id = :id and done_at is null and dead_at is null returning dead_at is not null""")
# Looked at again after a quarter of the wait so far, together with all that wait for the same.
_WAIT = text("""with this as (update inbox set error = null, waits_for = :what,
        waits_since = coalesce(waits_since, clock_timestamp()) where id = :id and done_at is null
        returning clock_timestamp() - waits_since as waited)
    update inbox set error = null, retry_at = clock_timestamp()
        + least(greatest(this.waited / 4, make_interval(secs => :base / 4)), interval '2 minutes')
    from this where done_at is null and dead_at is null and (id = :id or waits_for = :what)""")
_ARRIVED = text("""update inbox set retry_at = clock_timestamp() where done_at is null and dead_at is null
    and waits_for = any(:what)""")
_EARLIER = "an earlier fact of"
_IN_HAND = "in hand"
_POLL = 1.0
_DUE_EVERY = 0.2
log = structlog.get_logger()
_Row = Row[Any]


class ProcessEndedError(Exception):
    """The process ended while it handled the event."""


class InboxHandler:
    """Runs the handlers: a batch in one transaction, and when that fails, each event alone."""

    def __init__(
        self,
        database: Database,
        subscriptions: Subscriptions,
        *,
        batch: int = 200,
        attempts: int = 8,
        first_delay: float = 1.0,
        lease: float = 5.0,
    ) -> None:
        self._database = database
        self._subscriptions = subscriptions
        self._batch = batch
        self._attempts = attempts
        self._first_delay = first_delay
        self._lease = lease  # seconds after which an event that was taken up is looked at again
        self._looked_at = 0.0
        self._in_hand: set[uuid.UUID] = set()  # taken up by this very process and not finished

    async def run(self, arrived: asyncio.Event, stop: asyncio.Event) -> None:
        """Handle what arrives until told to stop; looks by itself once a second.

        What the process before us may have ended on is tried first, each event alone, so that one that ends
        processes becomes a dead letter in the end like any other.
        """
        async with self._database.sessions.begin() as session:
            await session.execute(_SUSPECT, {"batch": self._batch})
        while not stop.is_set() and await self._due():
            pass
        while not stop.is_set():
            arrived.clear()
            if await self.one_pass() < self._batch:  # whatever arrives from here on has set the event again
                await woken(arrived, _POLL)
                if self._subscriptions.gather:
                    await woken(stop, self._subscriptions.gather)

    async def one_pass(self) -> int:
        """Handle one batch of fresh events and those whose retry is due; returns how many were tried."""
        tried = await self._fresh()
        if time.monotonic() - self._looked_at > _DUE_EVERY:
            self._looked_at = time.monotonic()
            tried += await self._due()
        return tried

    async def _fresh(self) -> int:
        async with self._database.sessions() as session:
            rows = (await session.execute(_FRESH, {"batch": self._batch})).all()
            if not rows:
                return 0
            try:
                await self._take(session, rows)
                return len(rows)
            except Exception as error:
                _raise_if_disconnected(error)
                await session.rollback()
        for row in rows:
            await self._alone(row.id)
        return len(rows)

    async def _due(self) -> int:
        async with self._database.sessions() as session:
            ids = (await session.execute(_DUE, {"batch": self._batch})).scalars().all()
        for id_ in ids:
            await self._alone(id_)
        return len(ids)

    async def _alone(self, id_: uuid.UUID) -> None:
        async with self._database.sessions() as session:
            note = {"id": id_, "note": _IN_HAND, "lease": self._lease}
            taken = (await session.execute(_TAKE_UP, note)).first()
            await session.commit()
            if taken is None:
                return
            try:
                if taken.error == _IN_HAND and id_ not in self._in_hand:
                    raise ProcessEndedError
                self._in_hand.add(id_)
                if rows := (await session.execute(_ONE, {"id": id_})).all():
                    await self._take(session, rows)
                    await _let_go(session, taken)
            except NotYetError as missing:
                await session.rollback()
                await self._wait(session, taken, missing)
            except Exception as error:
                _raise_if_disconnected(error)
                await session.rollback()
                await self._failed(session, taken, error)
            self._in_hand.discard(id_)

    async def _take(self, session: AsyncSession, rows: Sequence[_Row]) -> None:
        raw = await (await session.connection()).get_raw_connection()
        session.info["driver"] = raw.driver_connection
        for _, together in groupby(rows, self._together):
            await self._handle(session, list(together))
        await session.info["driver"].execute(_DONE, [row.id for row in rows])
        await session.commit()
        for type_, count in Counter(row.type for row in rows).items():
            metrics.handled.labels(self._subscriptions.service, type_).inc(count)

    def _together(self, row: _Row) -> object:
        """Return what neighbours in a batch must share to be handled in one call."""
        subscription = self._subscriptions.get(row.type)
        return subscription.handler if subscription is not None and subscription.together else row.id

    async def _handle(self, session: AsyncSession, rows: Sequence[_Row]) -> None:
        subscription = self._subscriptions.get(rows[0].type)
        if subscription is None:
            return
        told = [self._read(row) for row in rows]
        type_, began = rows[0].type, time.perf_counter()
        which = {"event_id": str(rows[0].id)} if len(rows) == 1 else {"events": len(rows)}
        with (
            bound_contextvars(event_type=type_, **which),
            following(f"consume {type_}", [row.envelope.get("traceparent") for row in rows]),
        ):
            await subscription.handler(session, told)
            took = metrics.handling.labels(self._subscriptions.service, type_)
            took.observe(time.perf_counter() - began, exemplar())

    def _read(self, row: _Row) -> tuple[Slice, Meta]:
        envelope, subscription = row.envelope, self._subscriptions[row.type]
        if row.held:
            raise NotYetError(_EARLIER, envelope["subject"])
        return subscription.model.model_validate(envelope["data"]), _meta(row.id, row.type, envelope)

    async def _wait(self, session: AsyncSession, row: _Row, missing: NotYetError) -> None:
        """Leave an event until what it rests on has arrived: no attempt is used up."""
        await session.execute(_WAIT, {"id": row.id, "what": str(missing), "base": self._first_delay})
        await session.commit()
        if row.waits_for is None:
            log.info("event waits", type=row.type, event_id=str(row.id), waits_for=str(missing))

    async def _failed(self, session: AsyncSession, row: _Row, error: Exception) -> None:
        values = {"id": row.id, "error": where(error), "base": self._first_delay, "limit": self._attempts}
        jitter = {"jitter": random.uniform(0.8, 1.2)}  # noqa: S311
        is_dead = (await session.execute(_FAILED, {**values, **jitter})).scalar()
        await session.commit()
        metrics.failed.labels(self._subscriptions.service, row.type).inc()
        say = log.error if is_dead else log.warning
        say("event failed", type=row.type, event_id=str(row.id), error=where(error), dead=bool(is_dead))


async def _let_go(session: AsyncSession, row: _Row) -> None:
    """Let what waited for the same thing, or behind this event, be tried at once."""
    if row.waits_for is not None:
        await session.execute(_ARRIVED, {"what": [row.waits_for, f"{_EARLIER} {row.subject}"]})
        await session.commit()


def _raise_if_disconnected(error: Exception) -> None:
    # A lost database is not the event's fault: it must not use up the event's attempts.
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        raise error


def _meta(id_: uuid.UUID, type_: str, envelope: dict[str, Any]) -> Meta:
    return Meta(
        id=id_,
        type=type_,
        time=datetime.fromisoformat(envelope["time"]),
        agency=envelope.get("agency"),
        aggregate_id=envelope["subject"],
        aggregate_version=envelope["aggregateversion"],
        announcement=envelope.get("announcement", False),
    )
