"""Events between two services on both carriers: how soon one takes effect, how fast a backlog drains.

Producer, relay and reader are processes of their own; PostgreSQL writes to disk as in production.
"""

import asyncio
import multiprocessing
import shutil
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.synchronize import Event as Stop
from typing import ClassVar

import aio_pika
import asyncpg
import psutil
import uvloop
from common import outbox
from common.carriers import Carrier, PostgresCarrier, RabbitCarrier, SubscriberTarget, apply_topology
from common.database import Database
from common.events import Event
from common.inbox import Meta, Subscriptions
from common.outbox import outbox_values
from common.plumbing import CREATE_PLUMBING
from common.relay import announce_commits
from common.worker import Worker
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession
from suite.postgres import PostgresServer
from suite.rabbit import RabbitServer
from suite.testing import private_folder

RATE, SECONDS, BACKLOG = 200, 10, 12_000
_EFFECT = "insert into effect (id, name) values ($1, $2)"
_TELL = "select pg_notify('effect', $1)"


class FactTold(Event):
    """About as large as a real event: 450 bytes in its envelope."""

    type: ClassVar[str] = "teller.fact_told.v1"
    text: str


class Fact(BaseModel):
    """What the reader reads."""

    aggregate_id: str


@dataclass
class Place:
    """Where everything of one run is."""

    carrier: str
    teller: str
    reader: str
    amqp_url: str


def fact(number: int) -> FactTold:
    """Make the fact with a number."""
    now = datetime.now(UTC)
    return FactTold(
        aggregate_id=f"H42.101-{number}",
        aggregate_version=1,
        agency="H42.101",
        occurred_at=now,
        text="x" * 120,
    )


def carrier(place: Place) -> Carrier:
    """Make the carrier under measurement."""
    if place.carrier == "rabbitmq":
        return RabbitCarrier(place.amqp_url)
    return PostgresCarrier({"reader": SubscriberTarget(place.reader, (FactTold.type,))})


async def take_effect(session: AsyncSession, event: Fact, meta: Meta) -> None:
    """Write one row: the least a handler can do."""
    await session.info["driver"].execute(_EFFECT, meta.id, event.aggregate_id)


async def take_effect_aloud(session: AsyncSession, event: Fact, meta: Meta) -> None:
    """Write one row and let the measurer hear of its commit."""
    await take_effect(session, event, meta)
    await session.info["driver"].execute(_TELL, str(meta.id))


async def relaying(place: Place, stop: asyncio.Event) -> None:
    """Run the worker of the service that tells."""
    database = Database(place.teller)
    await Worker("teller", database, carrier(place), None).run(stop)
    await database.dispose()


def reading(aloud: bool) -> Callable[[Place, asyncio.Event], Awaitable[None]]:
    """Give the worker of the service that listens."""

    async def run(place: Place, stop: asyncio.Event) -> None:
        database = Database(place.reader)
        subscriptions = Subscriptions("reader")
        subscriptions.on(FactTold.type, Fact, take_effect_aloud if aloud else take_effect)
        await Worker("reader", database, carrier(place), subscriptions).run(stop)
        await database.dispose()

    return run


def _child(work: Callable[[Place, asyncio.Event], Awaitable[None]], place: Place, stop: Stop) -> None:
    async def run() -> None:
        told = asyncio.Event()

        async def watch() -> None:
            await asyncio.to_thread(stop.wait)
            told.set()

        watcher = asyncio.create_task(watch())
        await work(place, told)
        await watcher

    uvloop.run(run())


class Running:
    """Relay and reader in processes of their own while the block lasts."""

    def __init__(self, place: Place, *works: Callable[[Place, asyncio.Event], Awaitable[None]]) -> None:
        context = multiprocessing.get_context("fork")
        self._stop = context.Event()
        self.children = [context.Process(target=_child, args=(work, place, self._stop)) for work in works]

    async def __aenter__(self) -> "Running":
        for child in self.children:
            child.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stop.set()
        for child in self.children:
            await asyncio.to_thread(child.join, 30)

    def memory(self) -> int:
        """Measure the memory of the children in MB."""
        return sum(psutil.Process(child.pid).memory_info().rss for child in self.children) >> 20


async def empty(place: Place) -> None:
    """Make both services' tables anew."""
    for dsn in (place.teller, place.reader):
        connection = await asyncpg.connect(dsn)
        await connection.execute("drop schema public cascade; create schema public")
        for statement in CREATE_PLUMBING:
            await connection.execute(statement)
        await connection.execute("create table effect (id uuid primary key, name text not null)")
        await connection.close()


async def latency(place: Place) -> None:
    """Print how long after its commit an event has taken effect, at a steady rate."""
    await empty(place)
    committed: dict[str, float] = {}
    heard: dict[str, float] = {}
    listener = await asyncpg.connect(place.reader)
    await listener.add_listener("effect", lambda *said: heard.setdefault(said[3], time.perf_counter()))
    teller = Database(place.teller)
    floor = await raw_latency(place)
    async with Running(place, relaying, reading(aloud=True)) as running:
        await asyncio.sleep(2.5)
        await tell(teller, committed)
        deadline = time.perf_counter() + 10
        while len(heard) < len(committed) and time.perf_counter() < deadline:
            await asyncio.sleep(0.05)
        memory = running.memory()
    await listener.close()
    await teller.dispose()
    took = sorted((heard[id_] - at) * 1000 for id_, at in committed.items() if id_ in heard)
    p50, p99 = took[len(took) // 2], took[int(len(took) * 0.99)]
    print(
        f"events {place.carrier:9} {RATE}/s  commit -> effect  p50 {p50:5.1f} ms  p99 {p99:5.1f} ms  "
        f"max {took[-1]:5.1f} ms  lost {len(committed) - len(took)} of {len(committed)}  "
        f"reach p99 <= 25 ms {verdict(p99 <= 25 and len(took) == len(committed))}  "
        f"p50 = {p50 / floor:.1f} x raw (commit, notify, commit: {floor:.1f} ms)  RSS {memory} MB"
    )


async def tell(teller: Database, committed: dict[str, float]) -> None:
    """Commit facts at a steady rate; like an API process, wake the relay with one NOTIFY for many commits."""
    pool, begun = await teller.pool(), time.perf_counter()
    insert = "insert into outbox (id, type, routing_key, envelope) values ($1, $2, $3, $4)"

    async def one(number: int) -> None:
        row = outbox_values(fact(number), "teller")
        await pool.execute(insert, *row)
        committed[str(row.id)] = time.perf_counter()
        teller.committed.set()

    announcer = asyncio.create_task(announce_commits(teller))
    tasks = []
    for number in range(RATE * SECONDS):
        await asyncio.sleep(max(0.0, begun + number / RATE - time.perf_counter()))
        tasks.append(asyncio.create_task(one(number)))
    await asyncio.gather(*tasks)
    announcer.cancel()


async def raw_latency(place: Place) -> float:
    """Measure the floor in ms: one commit that notifies, heard elsewhere, answered by one commit."""
    near, far = await asyncpg.connect(place.teller), await asyncpg.connect(place.teller)
    woken, took = asyncio.Event(), []
    await far.add_listener("floor", lambda *_: woken.set())
    await near.execute("create table if not exists floor (n int)")
    for _ in range(300):
        begun = time.perf_counter()
        woken.clear()
        async with near.transaction():
            await near.execute("insert into floor values (1)")
            await near.execute("notify floor")
        await woken.wait()
        await far.execute("insert into floor values (2)")
        took.append((time.perf_counter() - begun) * 1000)
    await near.close()
    await far.close()
    return sorted(took)[150]


async def drain(place: Place) -> None:
    """Print how fast a backlog leaves the outbox and takes effect at the reader."""
    await empty(place)
    connection = await asyncpg.connect(place.teller)
    rows = [outbox_values(fact(number), "teller") for number in range(BACKLOG)]
    await connection.copy_records_to_table(
        "outbox", records=rows, columns=["id", "type", "routing_key", "envelope"]
    )
    await connection.close()
    raw = await (raw_publish(place) if place.carrier == "rabbitmq" else raw_move(place))
    reader = await asyncpg.connect(place.reader)
    async with Running(place, reading(aloud=False), relaying) as running:
        while not await reader.fetchval("select exists (select from effect)"):
            await asyncio.sleep(0.002)
        begun, already = time.perf_counter(), await reader.fetchval("select count(*) from effect")
        while (count := await reader.fetchval("select count(*) from effect")) < BACKLOG:
            await asyncio.sleep(0.05)
        took, memory = time.perf_counter() - begun, running.memory()
        cpu = [sum(psutil.Process(c.pid).cpu_times()[:2]) for c in running.children]
        beam = sum(
            sum(p.cpu_times()[:2]) for p in psutil.process_iter(["name"]) if p.info["name"] == "beam.smp"
        )
        pg = sum(
            sum(p.cpu_times()[:2])
            for p in psutil.process_iter(["name", "cmdline"])
            if p.info["name"] == "postgres"
            and any(n in " ".join(p.info["cmdline"]) for n in ("teller", "reader"))
        )
        print(
            "cpu us/event reader, relay, beam(total), pg(total)",
            [round(c / BACKLOG * 1e6) for c in [*cpu, beam, pg]],
            "rate",
            BACKLOG / took,
        )
    duplicates = await reader.fetchval("select count(*) - count(distinct name) from effect")
    await reader.close()
    rate = (count - already) / took
    print(
        f"events {place.carrier:9} backlog {BACKLOG}  end to end {rate:6.0f}/s  duplicates {duplicates}  "
        f"reach >= 3000/s {verdict(rate >= 3000)}  = {rate / raw:.2f} x raw "
        f"({'confirmed publish' if place.carrier == 'rabbitmq' else 'bare move of rows'}: {raw:.0f}/s)  RSS {memory} MB"
    )


async def raw_publish(place: Place) -> float:
    """Measure bare confirmed publishing to one quorum queue, 200 in flight, per second."""
    connection = await aio_pika.connect(place.amqp_url)
    async with connection:
        channel = await connection.channel()
        queue = await channel.declare_queue("raw", durable=True, arguments={"x-queue-type": "quorum"})
        await asyncio.sleep(1)
        body, count, begun = (
            outbox_values(fact(0), "teller").envelope_json.encode(),
            4000,
            time.perf_counter(),
        )
        for _ in range(count // 200):
            message = aio_pika.Message(body, delivery_mode=2)
            await asyncio.gather(*(channel.default_exchange.publish(message, "raw") for _ in range(200)))
        took = time.perf_counter() - begun
        await queue.delete(if_unused=False, if_empty=False)
    return count / took


async def raw_move(place: Place) -> float:
    """Measure bare reading and inserting of rows in batches of 200, per second."""
    source, target = await asyncpg.connect(place.teller), await asyncpg.connect(place.reader)
    await target.execute("create temp table raw (id uuid primary key, type text, envelope jsonb)")
    begun, after = time.perf_counter(), 0
    while rows := await source.fetch(
        "select seq, id, type, envelope::text from outbox where seq > $1 order by seq limit 200", after
    ):
        after = rows[-1][0]
        ids, types, bodies = [r[1] for r in rows], [r[2] for r in rows], [r[3] for r in rows]
        await target.execute(
            "insert into raw select * from unnest($1::uuid[], $2::text[], $3::jsonb[])", ids, types, bodies
        )
    took = time.perf_counter() - begun
    await source.close()
    await target.close()
    return BACKLOG / took


def verdict(reached: bool) -> str:
    """Say whether a number was reached."""
    return "reached" if reached else "NOT REACHED"


def main() -> None:
    """Measure both carriers, or those named on the command line."""
    wanted = sys.argv[1:] or ["postgres", "rabbitmq"]
    postgres = PostgresServer(private_folder("bench-pg"), settings={})
    rabbit = RabbitServer(private_folder("bench-mq"))
    postgres.start()
    try:
        if "rabbitmq" in wanted:
            rabbit.start()
        uvloop.run(measure(wanted, postgres, rabbit))
    finally:
        postgres.stop()
        rabbit.stop()
        for server in (postgres, rabbit):
            shutil.rmtree(server.folder, ignore_errors=True)


async def measure(wanted: list[str], postgres: PostgresServer, rabbit: RabbitServer) -> None:
    """Run every scenario on every carrier wanted."""
    connection = await asyncpg.connect(postgres.dsn())
    for name in ("teller", "reader"):
        await connection.execute(f"create database {name}")
    await connection.close()
    if "rabbitmq" in wanted:
        await apply_topology(rabbit.url, {"reader": (FactTold.type,)})
        await asyncio.sleep(2)
    for name in wanted:
        place = Place(name, postgres.dsn("teller"), postgres.dsn("reader"), rabbit.url)
        await latency(place)
        await drain(place)


if __name__ == "__main__":
    main()
