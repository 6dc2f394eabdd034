"""Takes facts out of the outbox in their order and hands them to the carrier."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Sequence

import asyncpg
import structlog

from common import metrics
from common.carriers.base import Carrier, Delivery, Outbound
from common.database import Database

_FRESH = """select id, type, routing_key, envelope::text from outbox
    where published_at is null and waiting_for is null order by seq limit $1 for update skip locked"""
_WAITING = """select id, type, routing_key, envelope::text, waiting_for from outbox
    where published_at is null and waiting_for is not null and ($2::text[] is null or waiting_for && $2)
    order by seq limit $1 for update skip locked"""
_DONE = "update outbox set published_at = clock_timestamp(), waiting_for = null where id = any($1::uuid[])"
_LEFT = """update outbox set waiting_for = string_to_array(l.names, ',')
    from unnest($1::uuid[], $2::text[]) as l(id, names) where outbox.id = l.id"""
_POLL = 1.0
_LOOK = 0.25
_LONGEST = 10.0
log = structlog.get_logger()


class Relay:
    """Publishes, then marks: a crash between the two sends an event twice, never not at all."""

    def __init__(self, service: str, database: Database, carrier: Carrier, *, batch: int = 500) -> None:
        self._service = service
        self._database = database
        self._carrier = carrier
        self._batch = batch
        self._look_at = 0.0  # when to look again for rows some subscriber still waits for

    async def run(self, stop: asyncio.Event) -> None:
        """Publish whatever is committed until told to stop; woken by `Database.committed`, else once a second."""
        # Losing a mark in a power cut only repeats an event, so marking need not wait for the disk.
        connection = await self._database.connect(synchronous_commit="off")
        committed, failures = self._database.committed, 0
        try:
            while not stop.is_set():
                committed.clear()
                moved, stuck = await self.one_pass(connection)
                failures = failures + 1 if stuck else 0
                if stuck:
                    await woken(stop, patience(failures))
                elif moved < self._batch:  # whoever commits from here on has set the event again
                    await woken(committed, _POLL)
        finally:
            connection.terminate()

    async def one_pass(self, connection: asyncpg.Connection) -> tuple[int, bool]:
        """Publish one batch; returns how many rows were touched and whether nothing at all could be handed over."""
        moved = await self._retry_waiting(connection) if time.monotonic() >= self._look_at else 0
        fresh, stuck = await self._publish(connection, _FRESH)
        return moved + fresh, stuck

    async def _retry_waiting(self, connection: asyncpg.Connection) -> int:
        names = self._carrier.reachable()
        if names == []:
            return 0
        moved, waiting = await self._publish(connection, _WAITING, names)
        if moved < self._batch:
            self._look_at = time.monotonic() + _LOOK
            if not waiting:
                self._carrier.caught_up(names or ())
        return moved

    async def _publish(
        self, connection: asyncpg.Connection, claim: str, names: Sequence[str] | None = ()
    ) -> tuple[int, bool]:
        arguments = (self._batch,) if claim is _FRESH else (self._batch, names)
        async with connection.transaction():
            claimed = await connection.fetch(claim, *arguments)
            if not claimed:
                return 0, False
            delivery = await self._carrier.deliver([_outbound(row) for row in claimed])
            await self._mark(connection, delivery)
        done = set(delivery.done)
        for type_, count in Counter(row[1] for row in claimed if row[0] in done).items():
            metrics.published.labels(self._service, type_).inc(count)
        if claim is _WAITING:
            return len(claimed), len(delivery.done) < len(claimed)
        return len(delivery.done) + len(delivery.waiting), not (delivery.done or delivery.waiting)

    async def _mark(self, connection: asyncpg.Connection, delivery: Delivery) -> None:
        if delivery.done:
            await connection.execute(_DONE, delivery.done)
        if delivery.waiting:
            names = [",".join(waiting) for waiting in delivery.waiting.values()]
            await connection.execute(_LEFT, list(delivery.waiting), names)


def _outbound(row: asyncpg.Record) -> Outbound:
    return Outbound(row[0], row[1], row[2], row[3], tuple(row[4]) if len(row) > 4 else None)


async def announce_commits(database: Database) -> None:
    """Wake the relay of another process after commits of this one, many commits by one NOTIFY."""
    while True:
        await database.committed.wait()
        if database.has_relay:
            return
        database.committed.clear()
        try:
            pool = await database.pool()
            await pool.execute("notify outbox")
        except Exception as error:  # this task lives as long as the process; the relay also looks by itself
            log.warning("relay not woken", error=type(error).__name__)


def patience(failures: int) -> float:
    """Return the seconds to wait after failures in a row, ten at most; by chance, so that not all come back at once."""
    most = min(0.1 * 2.0 ** min(failures, 9), _LONGEST)
    return most * random.uniform(0.1 if most < _LONGEST else 0.75, 1)  # noqa: S311


async def woken(wake: asyncio.Event, seconds: float) -> None:
    """Wait until woken, or told to stop, or out of time."""
    try:
        async with asyncio.timeout(seconds):
            await wake.wait()
    except TimeoutError:
        return
