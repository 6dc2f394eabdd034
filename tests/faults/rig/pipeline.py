"""A sender and a reader as real processes around the product's own outbox, relay, carriers, inbox and handler.

The reader's effect is deliberately not idempotent: a row per run of the handler. Only the inbox stands between
a repeated event and a repeated effect.
"""

import asyncio
import logging
import multiprocessing
import os
import signal
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import ClassVar

import asyncpg
import structlog
import uvloop
from common import outbox, worker
from common.carriers import Carrier, PostgresCarrier, RabbitCarrier, SubscriberTarget
from common.database import Database
from common.events import Event
from common.handling import InboxHandler
from common.inbox import Meta, Slice, Subscriptions
from common.worker import Worker
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from rig import crash
from rig.ledger import Ledger, Verdict, judge

READER, POISON, KILLER = "reader", "poison", "killer"
_FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
_EFFECT = text("insert into effect (event_id, name) values (:id, :name)")
_TOLD = text("insert into told (name) values (:name)")
_MENDED = text("select count(*) from mended")
_TABLES = {
    "sender": "create table told (name text primary key)",
    "reader": "create table effect (event_id uuid not null, name text not null); create table mended (at text)",
}
_OPEN = {
    "unpublished": ("sender", "select count(*) from outbox where published_at is null"),
    "unhandled": ("reader", "select count(*) from inbox where done_at is null and dead_at is null"),
    "dead": ("reader", "select count(*) from inbox where dead_at is not null"),
}


class FactTold(Event):
    """The one fact the sender tells."""

    type: ClassVar[str] = "sender.fact_told.v1"


class Fact(Slice):
    """What the reader reads of it."""

    type: ClassVar[str] = FactTold.type

    aggregate_id: str


@dataclass(frozen=True)
class RunPlace:
    """Where everything of one run is, and what goes wrong in the process that gets it."""

    carrier: str
    sender: str
    reader: str
    ledger: Path
    amqp_url: str = ""
    crash: str = ""  # the point at which the process ends itself, see rig.crash
    after: int = 1  # at which passing of the point
    sabotage: str = ""  # what is broken on purpose, for the negative controls
    freezes: bool = False  # whether it stands still at the point instead of ending

    def make_carrier(self) -> Carrier:
        """Make the carrier under test."""
        if self.carrier == "rabbitmq":
            return RabbitCarrier(self.amqp_url)
        return PostgresCarrier({READER: SubscriberTarget(self.reader, (FactTold.type,))})


def fact(name: str) -> FactTold:
    """Make the fact of a name."""
    return FactTold(aggregate_id=name, aggregate_version=1, agency="H42.101", occurred_at=datetime.now(UTC))


async def prepare(place: RunPlace) -> None:
    """Create the tables of both ends."""
    for name, statement in _TABLES.items():
        connection = await asyncpg.connect(getattr(place, name))
        await connection.execute(statement)
        await connection.close()


async def tell(place: RunPlace, _stop: asyncio.Event | None = None) -> None:
    """Commit change and fact for each key of the ledger, and acknowledge after the commit."""
    ledger, database = Ledger(place.ledger), Database(place.sender)
    for name in sorted(ledger.requests() - set(ledger.names())):
        try:
            async with database.sessions() as session:
                await session.execute(_TOLD, {"name": name})
                await outbox.record(session, fact(name))
                await session.commit()
        except IntegrityError:  # committed before a crash: the repeat changes nothing and is acknowledged
            pass
        ledger.acknowledged(name, name)
    await database.dispose()


async def told(place: RunPlace, first: int, count: int) -> float:
    """Commit and acknowledge some facts; returns the seconds it took."""
    ledger, began = Ledger(place.ledger), time.monotonic()
    for number in range(first, first + count):
        ledger.sent(f"n{number:05d}")
    await tell(place)
    return time.monotonic() - began


async def tell_all(database: Database, names: Sequence[str]) -> None:
    """Commit many changes with their facts at once."""
    async with database.sessions() as session:
        await session.execute(_TOLD, [{"name": name} for name in names])
        await outbox.record(session, *map(fact, names))
        await session.commit()


async def _relaying(place: RunPlace, stop: asyncio.Event) -> None:
    database = Database(place.sender)
    await Worker("sender", database, place.make_carrier(), None).run(stop)
    await database.dispose()


async def _reading(place: RunPlace, stop: asyncio.Event) -> None:
    database, subscriptions = Database(place.reader), Subscriptions(READER)
    subscriptions.on(Fact, crash.handler(_take_effect))
    await Worker(READER, database, place.make_carrier(), subscriptions).run(stop)
    await database.dispose()


async def _take_effect(session: AsyncSession, event: Fact, meta: Meta) -> None:
    if event.aggregate_id in (POISON, KILLER) and not (await session.execute(_MENDED)).scalar():
        if event.aggregate_id == KILLER:
            os._exit(crash.CRASHED)
        raise ValueError("this fact cannot be digested")
    await session.execute(_EFFECT, {"id": meta.id, "name": event.aggregate_id})


_PARTS: dict[str, Callable[[RunPlace, asyncio.Event], Awaitable[None]]] = {
    "telling": tell,
    "relaying": _relaying,
    "reading": _reading,
}
_context = multiprocessing.get_context("forkserver")


def open_rig() -> None:
    """Start the process that all parts are forked from: single-threaded, and everything imported once."""
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(Path(__file__).parents[1]), before)))
    _context.set_forkserver_preload(["rig.pipeline"])
    forkserver.ensure_running()
    if before is None:
        del os.environ["PYTHONPATH"]
    else:
        os.environ["PYTHONPATH"] = before


def start(part: str, place: RunPlace) -> BaseProcess:
    """RunPlace one part of the pipeline in a process of its own."""
    process = _context.Process(target=_enter, args=(part, place), name=part, daemon=True)
    process.start()
    return process


@contextmanager
def ahead(place: RunPlace, by: str, *names: str) -> Iterator[None]:
    """Keep parts running whose machine's clock is wrong by this many hours, `+1h`; others' clocks are right.

    Each says first what time it is there: a clock that was not bent proves nothing.
    """
    assert _FAKETIME is not None, "the library that bends clocks is missing (Debian's libfaketime)"
    wrong = {"LD_PRELOAD": str(_FAKETIME), "FAKETIME": by, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    spawning, before = multiprocessing.get_context("spawn"), dict(os.environ)
    os.environ.update(wrong)  # only a process that begins from nothing reads it
    processes: list[BaseProcess] = []
    hearing, telling = spawning.Pipe(duplex=False)
    try:
        for name in names:
            made = spawning.Process(target=_enter_bent, args=(name, place, telling), name=name, daemon=True)
            made.start()
            processes.append(made)
    finally:
        os.environ.clear()
        os.environ.update(before)
    try:
        for name in names:
            assert hearing.poll(60), f"{name} did not begin"
            off = (hearing.recv() - time.time()) / 3600
            assert abs(off - int(by.removesuffix("h"))) < 0.1, f"the clock of {name} is off by {off:.2f} h"
        yield
    finally:
        _end(processes)


def _end(processes: Sequence[BaseProcess]) -> None:
    """End parts politely, and those that linger by force."""
    for process in processes:
        process.terminate()
    for process in processes:
        process.join(15)
        if process.is_alive():
            process.kill()
            process.join(5)


def _enter(part: str, place: RunPlace) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    worker.InboxHandler = partial(InboxHandler, first_delay=0.05, attempts=3, lease=0.2)  # type: ignore[misc,assignment]
    crash.arm(place.crash, place.after, place.sabotage, freezes=place.freezes)

    async def run() -> None:
        stop = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
        await _PARTS[part](place, stop)

    uvloop.run(run())


def _enter_bent(part: str, place: RunPlace, telling: Connection) -> None:
    telling.send(time.time())
    _enter(part, place)


@contextmanager
def parts(place: RunPlace, *names: str) -> Iterator[None]:
    """Keep parts running while the block lasts, then end them politely, and those that linger by force."""
    processes = [start(name, place) for name in names]
    try:
        yield
    finally:
        _end(processes)


async def kept_alive(part: str, place: RunPlace, until: Callable[[], Awaitable[bool]]) -> int:
    """Start a part again each time it ends, as the supervisor does; returns how often it ended."""
    process, deaths = start(part, place), 0
    try:
        async with asyncio.timeout(60):
            while not await until():
                if not process.is_alive():
                    process, deaths = start(part, place), deaths + 1
                await asyncio.sleep(0.05)
    finally:
        process.terminate()
        process.join(15)
    return deaths


async def ended(process: BaseProcess, seconds: float = 30) -> int | None:
    """Wait until a part ended by itself and return its exit status; nothing when it had to be killed."""
    await asyncio.to_thread(process.join, seconds)
    if process.exitcode is None:
        process.kill()
        return None
    return process.exitcode


async def census(place: RunPlace) -> tuple[list[str], dict[str, int]]:
    """Return the names that took effect, once per effect, and how many rows are still on their way or dead."""
    ends = {name: await asyncpg.connect(getattr(place, name)) for name in _TABLES}
    stuck = {what: await ends[name].fetchval(query) for what, (name, query) in _OPEN.items()}
    told = await ends["sender"].fetchval("select count(*) from told")
    arrived = await ends["reader"].fetchval("select count(*) from inbox")
    # Effects are read last: what took effect meanwhile must not look lost.
    effects = [row[0] for row in await ends["reader"].fetch("select name from effect")]
    for connection in ends.values():
        await connection.close()
    return effects, {**stuck, "on the way": max(told - arrived, 0)}


async def settled(place: RunPlace, seconds: float = 30, dead: int = 0) -> Verdict:
    """Wait until nothing is on its way any more, or the time is up, and judge."""
    deadline = asyncio.get_running_loop().time() + seconds
    while True:
        effects, stuck = await census(place)
        stuck["dead"] -= dead
        if not any(stuck.values()) or asyncio.get_running_loop().time() > deadline:
            ledger = Ledger(place.ledger)
            return judge(ledger.names().values(), effects, possible=ledger.requests(), stuck=stuck)
        await asyncio.sleep(0.05)
