"""Submitting a dossier with 32 connections, beside a bare FastAPI that writes two rows in one statement."""

import asyncio
import re
import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

import asyncpg
import psutil
from audit.writing import WrittenDown
from common.database import Database
from fastapi import FastAPI
from intake.main import create_app
from intake.settings import Settings
from suite.run.postgres import PostgresServer
from suite.testing import verifier
from suite.testing.folders import private_folder

from bench.bare import TABLES, bare_app
from bench.desks import COMMUNES, PROCEDURE, answers, bearer, clerk, create_database, furnish, lay_out_drafts
from bench.findings import Finding
from bench.load import Load, drive, request
from bench.machine import Neighbours, cpu_of, disturbed, rss_of
from bench.serving import served

CONNECTIONS, REQUESTS, ROUNDS, CITIZENS = 32, 1500, 3, 200
_LINE: Final = re.compile(r"\), written_down as \(.*?from coded\n(?=\))", re.DOTALL)
DEAREST: Final = 0.08  # of the rate without sealing and access log
SHARE, COUNTER, P99 = 0.6, 0.5, 80.0  # of what the bare server answers, at the counter; milliseconds
_numbers = count(1000)
Batch = Callable[[], Sequence[bytes]]


class Measured(NamedTuple):
    """One round: what the client saw, and the processor seconds of the serving process."""

    load: Load
    cpu: float

    @property
    def cpu_us(self) -> float:
        """Processor microseconds of the server per answer."""
        return self.cpu / len(self.load.took) * 1e6


@contextmanager
def stage() -> Iterator[tuple[PostgresServer, Path]]:
    """Give a PostgreSQL that writes to disk as in production, and a folder for logs and files."""
    server = PostgresServer(private_folder("bench"))
    server.start()
    try:
        yield server, server.folder
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


def bare_batch() -> list[bytes]:
    """Write the same birth registrations as the typed body of the bare application."""
    bodies = [{**answers(next(_numbers)), "procedure_code": PROCEDURE} for _ in range(REQUESTS)]
    return [request("POST", "/submit", body=body) for body in bodies]


def direct_batch(agencies: Sequence[str] = COMMUNES) -> list[bytes]:
    """Write submissions that carry everything at once, spread over agencies and citizens."""
    headers = [bearer(number) for number in range(CITIZENS)]
    found = []
    for number in (next(_numbers) for _ in range(REQUESTS)):
        body = {
            "procedure_code": PROCEDURE,
            "procedure_version": 1,
            "agency": agencies[number % len(agencies)],
            "answers": answers(number),
            "declaration_accepted": True,
            "declaration_version": "1",
        }
        named = {**headers[number % CITIZENS], "Idempotency-Key": str(uuid.uuid4())}
        found.append(request("POST", "/api/intake/dossiers", named, body))
    return found


def counter_batch(dsn: str) -> list[bytes]:
    """Lay out drafts that officers wrote for somebody, and write how they are handed in."""
    first = next(_numbers)
    for _ in range(REQUESTS):
        next(_numbers)
    asyncio.run(lay_out_drafts(dsn, first, REQUESTS))
    headers = [clerk(number) for number in range(CITIZENS)]
    return [
        request(
            "POST",
            "/api/intake/counter/dossiers",
            {**headers[number % CITIZENS], "Idempotency-Key": str(uuid.uuid4())},
            {
                "draft_id": str(uuid.UUID(int=number)),
                "declaration_accepted": True,
                "declaration_version": "1",
                "way": "desk",
                "confirmation": "signature",
            },
        )
        for number in range(first, first + REQUESTS)
    ]


def draft_batch(dsn: str) -> list[bytes]:
    """Lay out drafts and write the submissions of them."""
    first = next(_numbers)
    for _ in range(REQUESTS):
        next(_numbers)
    asyncio.run(lay_out_drafts(dsn, first, REQUESTS))
    headers = [bearer(number) for number in range(CITIZENS)]
    return [
        request(
            "POST",
            "/api/intake/dossiers",
            {**headers[number % CITIZENS], "Idempotency-Key": str(uuid.uuid4())},
            {
                "draft_id": str(uuid.UUID(int=number)),
                "declaration_accepted": True,
                "declaration_version": "1",
            },
        )
        for number in range(first, first + REQUESTS)
    ]


def unwatched(app: FastAPI) -> None:
    """Take the access log out of an app, as it is only here: its watcher, and its line out of the one statement."""
    app.user_middleware = [one for one in app.user_middleware if one.cls is not WrittenDown]
    birthplace = app.state.built.submitting.birthplace
    birthplace._statement, count = _LINE.subn("", birthplace._statement)
    assert count == 1, "the statement writes one line"


def intake_app(dsn: str, folder: Path, *, guarded: bool = True) -> Callable[[], FastAPI]:
    """Give the maker of intake's app as the suite runs it, trusting the tokens of the bench.

    One that is not `guarded` seals nothing and writes no access log: what these cost is measured against it.
    """
    trusted = verifier()

    def make() -> FastAPI:
        settings = Settings(
            database_url=dsn,
            files_url=(folder / "files").as_uri(),
            signing_folder=folder / "signing",
            sealing_key="the key of the bench" if guarded else "",
            profile="ninh-binh",
            log_level="INFO",
        )
        app = create_app(settings, Database(dsn, pool_size=settings.database_pool))
        app.state.verifier = trusted
        if not guarded:
            unwatched(app)
        return app

    return make


def measure(port: int, server: psutil.Process, batch: Batch) -> tuple[Measured, float]:
    """Send one batch; gives also the share of the machine others used meanwhile."""
    ready, before = batch(), cpu_of([server])
    with Neighbours() as neighbours:
        load = drive(port, ready, connections=CONNECTIONS, seconds=30).only(201)
    return Measured(load, cpu_of([server]) - before), neighbours.share


def run() -> list[Finding]:
    """Measure both servers in turn and return what was found."""
    with stage() as (server, folder):
        dsn, raw = create_database(server, "intake", "intake"), create_database(server, "bare")
        plain_dsn = create_database(server, "plain", "intake")
        for each in (dsn, plain_dsn):
            asyncio.run(furnish(each))
        asyncio.run(_tables(raw))
        with (
            served(bare_app(raw), folder / "bare.log") as bare,
            served(intake_app(dsn, folder), folder / "intake.log") as intake,
            served(intake_app(plain_dsn, folder, guarded=False), folder / "plain.log") as plain,
        ):
            batches: dict[str, tuple[int, psutil.Process, Batch]] = {
                "bare": (*bare, bare_batch),
                "plain": (*plain, direct_batch),
                "direct": (*intake, direct_batch),
                "draft": (*intake, lambda: draft_batch(dsn)),
                "counter": (*intake, lambda: counter_batch(dsn)),
                "one desk": (*intake, lambda: direct_batch(COMMUNES[:1])),
            }
            rounds = [{name: measure(*parts) for name, parts in batches.items()} for _ in range(ROUNDS)]
            memory = rss_of([intake[1]])
    return list(findings(rounds, memory))


def guarding(rounds: list[dict[str, tuple[Measured, float]]]) -> Finding:
    """Tell what sealing and the access log cost, against the same app without both in the same rounds."""
    parts = [1 - each["direct"][0].load.rate / each["plain"][0].load.rate for each in rounds]
    cpu = [median(each[name][0].cpu_us for each in rounds) for name in ("plain", "direct")]
    cost = median(parts)
    said = ", ".join(f"{part:.1%}" for part in parts)
    note = f"of the rate, by rounds {said}; {cpu[1]:.0f} µs CPU of the server a request, without both {cpu[0]:.0f}"
    what = "submit: what sealing and the access log cost"
    return Finding(what, cost * 100, "%", f"≤ {DEAREST:.0%}", cost <= DEAREST, note=note)


async def _tables(dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute(TABLES)
    await connection.close()


def findings(rounds: list[dict[str, tuple[Measured, float]]], memory: int) -> Iterator[Finding]:
    """Compare each way of submitting with the bare server of the same round."""
    yield guarding(rounds)
    ways = {
        "direct": ("submit a dossier, everything at once", SHARE),
        "draft": ("submit a dossier from its draft", SHARE),
        "counter": ("submit a dossier at the counter", COUNTER),
        "one desk": ("submit, all to one desk", 0.0),
    }
    raw = median(each["bare"][0].load.rate for each in rounds)
    for name, (what, part_of_raw) in ways.items():
        found = [each[name][0] for each in rounds]
        ratio = median(each[name][0].load.rate / each["bare"][0].load.rate for each in rounds)
        cpu = median(each.cpu_us for each in found)
        bare_cpu = median(each["bare"][0].cpu_us for each in rounds)
        share = max(part[1] for each in rounds for part in each.values())
        p99, p50 = (median(each.load.percentile(part) for each in found) for part in (0.99, 0.5))
        promised, wanted = bool(part_of_raw), f"≥ {part_of_raw} × raw"
        note = (
            f"p50 {p50:.0f} ms; {cpu:.0f} µs CPU of the server a request, bare {bare_cpu:.0f};"
            f" median ratio of the rounds {ratio:.2f}; {CONNECTIONS} connections {disturbed(share)}"
        )
        rate = median(each.load.rate for each in found)
        yield Finding(
            what,
            rate,
            "/s",
            wanted if promised else "",
            ratio >= part_of_raw if promised else None,
            raw,
            "bare FastAPI + asyncpg, one statement",
            memory,
            note,
        )
        yield Finding(
            f"{what}: p99", p99, "ms", f"≤ {P99:.0f} ms" if promised else "", p99 <= P99 if promised else None
        )
