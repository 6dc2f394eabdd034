"""Events between two services in processes of their own: how soon one takes effect, how fast a backlog drains."""

import asyncio
import multiprocessing
import shutil
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from multiprocessing.synchronize import Event as Stop
from typing import ClassVar

import asyncpg
import psutil
import uvloop
from common.carriers import Carrier, PostgresCarrier, RabbitCarrier, SubscriberTarget, apply_topology
from common.database import Database
from common.events import Event
from common.inbox import Meta, Slice, Subscriptions
from common.outbox import OutboxRow, outbox_values
from common.plumbing import plumbing_tables
from common.relay import announce_commits
from common.worker import Worker
from sqlalchemy import MetaData, text
from sqlalchemy.ext.asyncio import AsyncSession
from suite.run.postgres import PostgresServer
from suite.run.processes import StartError
from suite.run.rabbit import RabbitServer
from suite.testing.folders import private_folder

from bench.findings import Finding, show
from bench.machine import QUIET, Neighbours, disturbed, rss_of
from bench.raw_events import raw_latency, raw_move, raw_publish

RATE, SECONDS, BACKLOG, VERDICT = 200, 10, 12_000, ("NOT REACHED", "reached")
_INSERT = "insert into outbox (id, type, routing_key, envelope) values ($1, $2, $3, $4)"
_EFFECT = "insert into effect (id, name) values ($1, $2)"
_TELL = "select pg_notify('effect', $1)"
Work = Callable[["RunPlace", asyncio.Event], Awaitable[None]]


class FactTold(Event):
    """About as large as a real event: 450 bytes in its envelope."""

    type: ClassVar[str] = "teller.fact_told.v1"
    text: str


class FactRead(Slice):
    """The reader reads nothing: what it needs is in the envelope."""

    type: ClassVar[str] = FactTold.type


@dataclass
class RunPlace:
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


def carrier(place: RunPlace) -> Carrier:
    """Make the carrier under measurement."""
    if place.carrier == "rabbitmq":
        return RabbitCarrier(place.rabbit.url)
    return PostgresCarrier({"reader": SubscriberTarget(place.reader, (FactTold.type,))})


async def relaying(place: RunPlace, stop: asyncio.Event) -> None:
    """RunPlace the worker of the service that tells."""
    database = Database(place.teller)
    await Worker("teller", database, carrier(place), None).run(stop)


def reading(*, aloud: bool) -> Work:
    """Give the worker of the service that listens; aloud, it lets the measurer hear of each commit."""

    async def take_effect(session: AsyncSession, _event: FactRead, meta: Meta) -> None:
        await session.info["driver"].execute(_EFFECT, meta.id, meta.aggregate_id)
        if aloud:
            await session.info["driver"].execute(_TELL, str(meta.id))

    async def run(place: RunPlace, stop: asyncio.Event) -> None:
        database, subscriptions = Database(place.reader), Subscriptions("reader")
        subscriptions.on(FactRead, take_effect)
        await Worker("reader", database, carrier(place), subscriptions).run(stop)

    return run


def _child(work: Work, place: RunPlace, stop: Stop) -> None:
    async def run() -> None:
        told = asyncio.Event()
        worker = asyncio.ensure_future(work(place, told))
        await asyncio.to_thread(stop.wait)
        told.set()
        await worker

    uvloop.run(run())


class Running:
    """Relay and reader in processes of their own while the block lasts."""

    def __init__(self, place: RunPlace, *works: Work) -> None:
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
        return rss_of([psutil.Process(child.pid) for child in self._children])

    def cpu(self) -> float:
        """Measure the processor seconds spent by the children and the broker, PostgreSQL aside."""
        processes = [psutil.Process(child.pid) for child in self._children]
        if (broker := self._place.rabbit.process) is not None:
            processes += [psutil.Process(broker.pid), *psutil.Process(broker.pid).children(recursive=True)]
        return sum(sum(process.cpu_times()[:2]) for process in processes)


async def empty(place: RunPlace) -> None:
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


async def latency(place: RunPlace) -> list[Finding]:
    """Measure how long after its commit an event has taken effect, at a steady rate."""
    await empty(place)
    committed: dict[str, float] = {}
    heard: dict[str, float] = {}
    listener = await asyncpg.connect(place.reader)
    await listener.add_listener("effect", lambda *said: heard.setdefault(said[3], time.perf_counter()))
    teller, floor = Database(place.teller), await raw_latency(place.teller)

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
    what, cpu = f"commit → effect, {place.carrier}, {RATE}/s", spent / len(committed) * 1e6
    note = f"p50 {p50:.1f} ms, most {took[-1]:.1f} ms; {cpu:.0f} µs CPU an event"
    raw = "two durable commits, mean"
    return [
        Finding(f"{what}: p99", p99, "ms", "≤ 25 ms", p99 <= 25, floor, raw, memory, note),
        Finding(f"{what}: lost", lost, f"of {len(committed)}", "0", not lost),
    ]


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


async def drain(place: RunPlace) -> Finding:
    """Measure how fast a backlog leaves the outbox and takes effect at the reader."""
    await empty(place)
    teller, reader = await asyncpg.connect(place.teller), await asyncpg.connect(place.reader)
    await teller.executemany(_INSERT, [row(number) for number in range(BACKLOG)])
    if place.carrier == "rabbitmq":
        name, raw = await raw_publish(place.rabbit.url, row(0).envelope_json.encode())
    else:
        name, raw = await raw_move(teller, reader)

    async with Running(place, reading(aloud=False), relaying) as running:
        already = await effects(reader, 1)
        begun, spent = time.perf_counter(), running.cpu()
        await effects(reader, BACKLOG)
        took, spent, memory = time.perf_counter() - begun, running.cpu() - spent, running.memory()
    count, names = await reader.fetchrow("select count(*), count(distinct name) from effect")
    await asyncio.gather(teller.close(), reader.close())
    rate = (count - already) / took
    promised = place.carrier == "rabbitmq"
    note = (
        f"{BACKLOG} events, lost {BACKLOG - names}, twice {count - names};"
        f" {spent / (count - already) * 1e6:.0f} µs CPU an event in relay, reader and broker"
    )
    whole = names == count == BACKLOG
    return Finding(
        f"backlog drained, {place.carrier}",
        rate,
        "/s",
        "≥ 3,000/s" if promised else "",
        rate >= 3000 and whole if promised else None,
        raw,
        name,
        memory,
        note,
    )


async def measure(wanted: list[str], postgres: PostgresServer, rabbit: RabbitServer) -> list[Finding]:
    """RunPlace every scenario on every carrier wanted."""
    connection = await asyncpg.connect(postgres.dsn())
    await connection.execute("create database teller")
    await connection.execute("create database reader")
    await connection.close()
    if "rabbitmq" in wanted:
        await apply_topology(rabbit.url, {"reader": (FactTold.type,)})
        await asyncio.sleep(2)
    found: list[Finding] = []
    for name in wanted:
        place = RunPlace(name, postgres.dsn("teller"), postgres.dsn("reader"), rabbit)
        found += await quiet(place)
    return found


async def quiet(place: RunPlace) -> list[Finding]:
    """Measure one carrier, once more when others used much of the machine; the less disturbed time counts."""
    tries: list[tuple[float, list[Finding]]] = []
    for _ in range(2):
        with Neighbours() as neighbours:
            found = [*await latency(place), await drain(place)]
        tries.append((neighbours.share, found))
        if neighbours.share <= QUIET:
            break
    share, found = min(tries, key=lambda each: each[0])
    return [replace(each, note=f"{each.note} {disturbed(share)}".strip()) for each in found]


def run(*named: str) -> list[Finding]:
    """Measure both carriers, or those named; without a RabbitMQ on the machine it says so and leaves it out."""
    wanted = list(named) or ["postgres", "rabbitmq"]
    postgres, rabbit = PostgresServer(private_folder("pg")), RabbitServer(private_folder("mq"))
    postgres.start()
    try:
        if "rabbitmq" in wanted:
            try:
                rabbit.start()
            except StartError as missing:
                print(f"not measured over RabbitMQ: {missing}", file=sys.stderr)
                wanted.remove("rabbitmq")
        return uvloop.run(measure(wanted, postgres, rabbit))
    finally:
        for server in (postgres, rabbit):
            server.stop()
            shutil.rmtree(server.folder, ignore_errors=True)


if __name__ == "__main__":
    show(run(*sys.argv[1:]))
