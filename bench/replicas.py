"""Submissions with one replica of intake and with two, each held to half a core: what a second one adds."""

import asyncio
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import asyncpg
import psutil
from suite.demo.actors import Actor
from suite.testing.replicas import Replica, await_ready, start_replica, tell_gateway

from bench.aftermath import CITIZEN, quiet, submissions
from bench.findings import Finding
from bench.load import Load, drive
from bench.machine import Neighbours, disturbed, rss_of
from bench.province import Province, province

CONNECTIONS, SECONDS, WARM_UP, LINEAR = 32, 4.0, 200, 0.9
QUOTA, PERIOD = 50_000, 100_000  # microseconds of processor time in so many: half a core
REST = 10_000  # for what a submission causes, as long as submitting is measured
GROUPS = Path("/sys/fs/cgroup/cpu")
FOLLOWED = (
    10.0  # seconds in which the gateway, held back like the rest, hears of a replica and finds it ready
)
HELD = "select count(*) from dossier"
COUNTED = "select count(*) from fact where type = 'intake.dossier_submitted.v1'"


class Held(NamedTuple):
    """How many dossiers intake holds, and how many of them the statistics learnt."""

    dossiers: int
    counted: int


def run() -> list[Finding]:
    """Submit through one replica, then through two; what follows a submission is held back meanwhile."""
    suite = province()
    citizen = suite.signed_in(CITIZEN)
    before = asyncio.run(held(suite))
    with ExitStack() as kept, Neighbours() as neighbours:
        replicas = [kept.enter_context(_half_a_core(suite, number)) for number in range(2)]
        kept.enter_context(_yielding(suite))
        alone, both = (_submitted(suite, citizen, replicas[: number + 1]) for number in range(2))
        tell_gateway(suite.gateway_file, {})
        memory = rss_of(suite.pythons)
    asyncio.run(quiet(suite))
    answered = len(alone.took) + len(both.took) + 2 * WARM_UP
    gone = lost(answered, before, asyncio.run(held(suite)))
    ratio = both.rate / (2 * alone.rate)
    note = (
        f"{alone.rate:.0f}/s → {both.rate:.0f}/s; p95 {alone.percentile(0.95):.0f} → {both.percentile(0.95):.0f} ms;"
        f" {answered} acknowledged, {gone} lost; what they caused was held to a tenth of a core meanwhile;"
    )
    return [
        Finding(
            "submissions, 1 → 2 replicas of half a core",
            ratio,
            "of linear",
            f"≥ {LINEAR}, 0 lost",
            ratio >= LINEAR and gone == 0,
            rss_mb=memory,
            note=f"{note} {disturbed(neighbours.share)}",
        )
    ]


async def held(suite: Province) -> Held:
    """Count the dossiers at both ends."""
    server, found = suite.dsn.rpartition("/")[0], []
    for service, query in (("intake", HELD), ("stats", COUNTED)):
        connection = await asyncpg.connect(f"{server}/{service}")
        found.append(int(await connection.fetchval(query)))
        await connection.close()
    return Held(*found)


def lost(answered: int, before: Held, after: Held) -> int:
    """Return how many acknowledged dossiers are missing, in intake or in the statistics."""
    return max(answered - (after.dossiers - before.dossiers), answered - (after.counted - before.counted), 0)


def _submitted(suite: Province, citizen: Actor, replicas: Sequence[Replica]) -> Load:
    tell_gateway(suite.gateway_file, {"intake": [each.address for each in replicas]})
    time.sleep(FOLLOWED)
    many = CONNECTIONS * len(replicas)  # as many people wait for each replica as waited for the one
    drive(suite.port, submissions(suite, citizen, WARM_UP), connections=many).only(201)
    asked = submissions(suite, citizen, round(800 * len(replicas) * SECONDS))
    return drive(suite.port, asked, connections=many, seconds=SECONDS).only(201)


@contextmanager
def _half_a_core(suite: Province, number: int) -> Iterator[Replica]:
    """Keep a replica of intake's API in a group of its own. Raises: OSError where groups cannot be made."""
    replica = start_replica(suite.folder, "intake")
    try:
        await_ready([replica])
        process = psutil.Process(replica.process.pid)
        with _group(f"motcua-bench-{os.getpid()}-{number}", QUOTA, [process, *process.children(True)]):
            yield replica
            replica.end()
    finally:
        replica.end()


@contextmanager
def _group(name: str, quota: int, processes: Sequence[psutil.Process]) -> Iterator[None]:
    """Hold processes to so many microseconds of processor time a period, and let them go again."""
    group = GROUPS / name
    group.mkdir()
    try:
        (group / "cpu.cfs_period_us").write_text(str(PERIOD))
        (group / "cpu.cfs_quota_us").write_text(str(quota))
        for each in processes:
            (group / "cgroup.procs").write_text(str(each.pid))
        yield
    finally:
        for pid in (group / "cgroup.procs").read_text().split():
            with suppress(OSError):
                (GROUPS / "cgroup.procs").write_text(pid)
        with suppress(OSError):
            group.rmdir()


@contextmanager
def _yielding(suite: Province) -> Iterator[None]:
    """Hold back the suite's own processes, which handle what a submission causes; their statements cost others too."""
    with _group(f"motcua-bench-{os.getpid()}-rest", REST, suite.pythons):
        yield
