"""Events between two services in processes of their own: how soon one takes effect, how fast a backlog drains."""

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
from common.carriers import Carrier, PostgresCarrier, RabbitCarrier, SubscriberTarget, apply_topology
from common.database import Database
from common.events import Event
from common.inbox import Meta, Subscriptions
from common.outbox import OutboxRow, outbox_values
from common.plumbing import plumbing_tables
from common.relay import announce_commits
from common.worker import Worker
from pydantic import BaseModel
from sqlalchemy import MetaData, text
from sqlalchemy.ext.asyncio import AsyncSession
from suite.postgres import PostgresServer
from suite.rabbit import RabbitServer
from suite.testing import private_folder

RATE, SECONDS, BACKLOG, VERDICT = 200, 10, 12_000, ("NOT REACHED", "reached")
_INSERT = "insert into outbox (id, type, routing_key, envelope) values ($1, $2, $3, $4)"
_EFFECT = "insert into effect (id, name) values ($1, $2)"
_TELL = "select pg_notify('effect', $1)"
Work = Callable[["Place", asyncio.Event], Awaitable[None]]


class FactTold(Event):
    """About as large as a real event: 450 bytes in its envelope."""

    type: ClassVar[str] = "teller.fact_told.v1"
    text: str


class Slice(BaseModel):
    """The reader reads nothing: what it needs is in the envelope."""


@dataclass
class Place:
    """Where everything of one run is."""

    carrier: str
    teller: str
    reader: str
    rabbit: RabbitServer


def row(number: int) -> OutboxRow:
    """Make the outbox row of the fact with a number."""
    name, now = f"H42.101-{number}", datetime.now(UTC)
    told = FactTold(aggregate_id=name, aggregate_version=1, agency="H42.101", occurred_at=now, text="x" * 120)
    return outbox_values(told, "teller")


def carrier(place: Place) -> Carrier:
    """Make the carrier under measurement."""
    if place.carrier == "rabbitmq":
        return RabbitCarrier(place.rabbit.url)
    return PostgresCarrier({"reader": SubscriberTarget(place.reader, (FactTold.type,))})


async def relaying(place: Place, stop: asyncio.Event) -> None:
    """Run the worker of the service that tells."""
    database = Database(place.teller)
    await Worker("teller", database, carrier(place), None).run(stop)


def reading(*, aloud: bool) -> Work:
    """Give the worker of the service that listens; aloud, it lets the measurer hear of each commit."""

    async def take_effect(session: AsyncSession, _event: Slice, meta: Meta) -> None:
        await session.info["driver"].execute(_EFFECT, meta.id, meta.aggregate_id)
        if aloud:
            await session.info["driver"].execute(_TELL, str(meta.id))

    async def run(place: Place, stop: asyncio.Event) -> None:
        database, subscriptions = Database(place.reader), Subscriptions("reader")
        subscriptions.on(FactTold.type, Slice, take_effect)
        await Worker("reader", database, carrier(place), subscriptions).run(stop)

    return run


def _child(work: Work, place: Place, stop: Stop) -> None:
    async def run() -> None:
        told = asyncio.Event()
        worker = asyncio.ensure_future(work(place, told))
        await asyncio.to_thread(stop.wait)
        told.set()
        await worker

    uvloop.run(run())


class Running:
    """Relay and reader in processes of their own while the block lasts."""

    def __init__(self, place: Place, *works: Work) -> None:
        context = multiprocessing.get_context("fork")
        self._stop = context.Event()
        self._place = place
        self._children = [context.Process(target=_child, args=(work, place, self._stop)) for work in works]

    async def __aenter__(self) -> "Running":
        for child in self._children:
            child.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stop.set()
        for child in self._children:
            await asyncio.to_thread(child.join, 30)

    def memory(self) -> int:
        """Measure the memory of the children in MB."""
        return sum(psutil.Process(child.pid).memory_info().rss for child in self._children) >> 20

    def cpu(self) -> float:
        """Measure the processor seconds spent by the children and the broker, PostgreSQL aside."""
        processes = [psutil.Process(child.pid) for child in self._children]
        if (broker := self._place.rabbit.process) is not None:
            processes += [psutil.Process(broker.pid), *psutil.Process(broker.pid).children(recursive=True)]
        return sum(sum(process.cpu_times()[:2]) for process in processes)


async def empty(place: Place) -> None:
    """Make both services' tables anew."""
    metadata = MetaData()
    plumbing_tables(metadata)
    for dsn in (place.teller, place.reader):
        database = Database(dsn)
        async with database.engine.begin() as connection:
            await connection.execute(text("drop schema public cascade"))
            await connection.execute(text("create schema public"))
            await connection.run_sync(metadata.create_all)
            await connection.execute(text("create table effect (id uuid primary key, name text not null)"))
        await database.dispose()


async def effects(reader: asyncpg.Connection, wanted: int) -> int:
    """Wait until so many events have taken effect, two minutes at most; returns how many have."""
    for _ in range(12_000):
        if (count := await reader.fetchval("select count(*) from effect")) >= wanted:
            break
        await asyncio.sleep(0.01)
    return int(count)


async def latency(place: Place) -> None:
    """Print how long after its commit an event has taken effect, at a steady rate."""
    await empty(place)
    committed: dict[str, float] = {}
    heard: dict[str, float] = {}
    listener = await asyncpg.connect(place.reader)
    await listener.add_listener("effect", lambda *said: heard.setdefault(said[3], time.perf_counter()))
    teller, floor = Database(place.teller), await raw_latency(place)

    async with Running(place, relaying, reading(aloud=True)) as running:
        await asyncio.sleep(2.5)
        spent = running.cpu()
        await tell(teller, committed)
        await effects(listener, len(committed))
        await asyncio.sleep(0.5)
        spent, memory = running.cpu() - spent, running.memory()
    await asyncio.gather(listener.close(), teller.dispose())
    took = sorted((heard[id_] - at) * 1000 for id_, at in committed.items() if id_ in heard)
    p50, p99, lost = took[len(took) // 2], took[int(len(took) * 0.99)], len(committed) - len(took)
    print(
        f"events {place.carrier:9} {RATE}/s: commit -> effect p50 {p50:.1f} ms, p99 {p99:.1f} ms,"
        f" max {took[-1]:.1f} ms, lost {lost} of {len(committed)} "
        f"(reach: p99 <= 25 ms, 0 lost: {VERDICT[p99 <= 25 and not lost]});"
        f" p50 = {p50 / floor:.1f} x raw two commits ({floor:.1f} ms);"
        f" {spent / len(committed) * 1e6:.0f} us CPU per event; RSS {memory} MB"
    )


async def tell(teller: Database, committed: dict[str, float]) -> None:
    """Commit facts at a steady rate; like an API process, wake the relay with one NOTIFY for many commits."""
    pool, begun = await teller.pool(), time.perf_counter()

    async def one(number: int) -> None:
        fact = row(number)
        await pool.execute(_INSERT, *fact)
        committed[str(fact.id)] = time.perf_counter()
        teller.committed.set()

    announcer = asyncio.create_task(announce_commits(teller))
    async with asyncio.TaskGroup() as group:
        for number in range(RATE * SECONDS):
            await asyncio.sleep(max(0.0, begun + number / RATE - time.perf_counter()))
            group.create_task(one(number))
    announcer.cancel()


async def raw_latency(place: Place) -> float:
    """Measure the floor in ms: two durable one-row commits, one after the other."""
    connection = await asyncpg.connect(place.teller)
    await connection.execute("create table floor (n int)")
    begun = time.perf_counter()
    for _ in range(600):
        await connection.execute("insert into floor values (1)")
    await connection.close()
    return (time.perf_counter() - begun) / 300 * 1000


async def drain(place: Place) -> None:
    """Print how fast a backlog leaves the outbox and takes effect at the reader."""
    await empty(place)
    teller, reader = await asyncpg.connect(place.teller), await asyncpg.connect(place.reader)
    await teller.executemany(_INSERT, [row(number) for number in range(BACKLOG)])
    name, raw = await (raw_publish(place) if place.carrier == "rabbitmq" else raw_move(teller, reader))

    async with Running(place, reading(aloud=False), relaying) as running:
        already = await effects(reader, 1)
        begun, spent = time.perf_counter(), running.cpu()
        await effects(reader, BACKLOG)
        took, spent, memory = time.perf_counter() - begun, running.cpu() - spent, running.memory()
    count, names = await reader.fetchrow("select count(*), count(distinct name) from effect")
    await asyncio.gather(teller.close(), reader.close())
    rate = (count - already) / took
    reach = "" if place.carrier == "postgres" else f" (reach: >= 3000/s: {VERDICT[rate >= 3000]})"
    print(
        f"events {place.carrier:9} backlog of {BACKLOG}: {rate:.0f}/s end to end{reach}, lost {BACKLOG - names},"
        f" twice {count - names}; = {rate / raw:.2f} x raw {name} ({raw:.0f}/s);"
        f" {spent / (count - already) * 1e6:.0f} us CPU per event in relay, reader and broker; RSS {memory} MB"
    )


async def raw_publish(place: Place) -> tuple[str, float]:
    """Measure bare confirmed publishing to one quorum queue, 200 in flight, per second."""
    async with await aio_pika.connect(place.rabbit.url) as connection:
        channel = await connection.channel()
        queue = await channel.declare_queue("raw", durable=True, arguments={"x-queue-type": "quorum"})
        await asyncio.sleep(1)
        body, count = row(0).envelope_json.encode(), 4000
        message, begun = aio_pika.Message(body, delivery_mode=2), time.perf_counter()
        for _ in range(count // 200):
            await asyncio.gather(*(channel.default_exchange.publish(message, "raw") for _ in range(200)))
        took = time.perf_counter() - begun
        await queue.delete(if_unused=False, if_empty=False)
    return "confirmed publish", count / took


async def raw_move(source: asyncpg.Connection, target: asyncpg.Connection) -> tuple[str, float]:
    """Measure bare reading and inserting of rows in batches of 200, per second."""
    await target.execute("create table raw (id uuid primary key, type text, envelope jsonb)")
    read = "select seq, id, type, envelope::text from outbox where seq > $1 order by seq limit 200"
    write = "insert into raw select * from unnest($1::uuid[], $2::text[], $3::jsonb[])"
    begun, after = time.perf_counter(), 0
    while rows := await source.fetch(read, after):
        after = rows[-1][0]
        await target.execute(write, [r[1] for r in rows], [r[2] for r in rows], [r[3] for r in rows])
    return "move of rows", BACKLOG / (time.perf_counter() - begun)


async def measure(wanted: list[str], postgres: PostgresServer, rabbit: RabbitServer) -> None:
    """Run every scenario on every carrier wanted."""
    connection = await asyncpg.connect(postgres.dsn())
    await connection.execute("create database teller")
    await connection.execute("create database reader")
    await connection.close()
    if "rabbitmq" in wanted:
        await apply_topology(rabbit.url, {"reader": (FactTold.type,)})
        await asyncio.sleep(2)
    for name in wanted:
        place = Place(name, postgres.dsn("teller"), postgres.dsn("reader"), rabbit)
        await latency(place)
        await drain(place)


def main() -> None:
    """Measure both carriers, or those named on the command line."""
    wanted = [name for name in sys.argv[1:] if name in ("postgres", "rabbitmq")] or ["postgres", "rabbitmq"]
    postgres, rabbit = PostgresServer(private_folder("pg")), RabbitServer(private_folder("mq"))
    postgres.start()
    try:
        if "rabbitmq" in wanted:
            rabbit.start()
        uvloop.run(measure(wanted, postgres, rabbit))
    finally:
        for server in (postgres, rabbit):
            server.stop()
            shutil.rmtree(server.folder, ignore_errors=True)


if __name__ == "__main__":
    main()
