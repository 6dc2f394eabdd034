"""Several workers of one service: each of its jobs runs once when it is due, whichever of them gets there first."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from common import jobs
from common.database import Database
from common.worker import Job, Worker
from suite.run.layout import OWNERS, module
from suite.testing import FreshDatabase

WORKERS = 3
OWN = {
    "files_url": "memory:///",
    "profile": "ninh-binh",
    "jwks_url": "http://127.0.0.1:9/jwks",
    "public_url": "http://127.0.0.1:9",
}


def settings_of(service: str, database: Database, folder: Path) -> Any:
    """Give a service the settings it cannot do without."""
    kind = module(service, "settings").Settings
    folders = {name: folder / name for name in ("signing_folder", "key_folder") if name in kind.model_fields}
    known = {name: value for name, value in OWN.items() if name in kind.model_fields}
    return kind(database_url=database.dsn, **known, **folders)


def noting(job: Job, runs: Counter[str], under_way: Counter[str], most: Counter[str]) -> Job:
    """Put a note in the place of what a job does; it takes a moment, so that others meet it running."""

    async def run(_database: Database, _now: datetime) -> None:
        runs[job.name] += 1
        under_way[job.name] += 1
        most[job.name] = max(most[job.name], under_way[job.name])
        await asyncio.sleep(0.05)
        under_way[job.name] -= 1

    return job._replace(run=run)


@asynccontextmanager
async def workers(
    service: str, database: Database, folder: Path, change: Callable[[Job], Job]
) -> AsyncIterator[list[Worker]]:
    """Run several workers of a service on its database, each as in a process of its own."""
    stop, running = asyncio.Event(), []
    made = []
    for number in range(WORKERS):
        own = Database(database.dsn)
        place = folder / str(number)
        place.mkdir()
        worker: Worker = module(service, "main").create_worker(settings_of(service, own, place), own)
        worker.jobs = tuple(change(job) for job in worker.jobs)
        made.append(worker)
        running.append(asyncio.create_task(worker.run(stop)))
    try:
        yield made
    finally:
        stop.set()
        await asyncio.gather(*running)
        for worker in made:
            await worker.database.dispose()


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(20):
        while not await holds():  # noqa: ASYNC110 - what is waited for stands in the database
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("service", OWNERS)
async def test_each_job_of_each_service_runs_once_among_several_workers(
    service: str, fresh_database: FreshDatabase, tmp_path: Path
) -> None:
    database = await fresh_database(service)
    runs, under_way, most = Counter[str](), Counter[str](), Counter[str]()
    async with workers(service, database, tmp_path, lambda job: noting(job, runs, under_way, most)) as made:
        pool = await database.pool()
        often = {job.name for job in made[0].jobs if job.every.total_seconds() < 30}

        async def all_ran() -> bool:
            ran = {row[0] for row in await pool.fetch("select name from job_lock")}
            return ran == {job.name for job in made[0].jobs}

        await until(all_ran)
    assert most == dict.fromkeys(runs, 1), "a job ran in two workers at once"
    assert {name: count for name, count in runs.items() if name not in often} == dict.fromkeys(
        runs.keys() - often, 1
    )


async def test_without_its_lock_a_job_runs_in_every_worker(
    fresh_database: FreshDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "_TRY", "select $1::text is not null")
    database = await fresh_database("intake")
    runs, under_way, most = Counter[str](), Counter[str](), Counter[str]()
    async with workers("intake", database, tmp_path, lambda job: noting(job, runs, under_way, most)):

        async def doubled() -> bool:
            return max(most.values(), default=0) > 1

        await until(doubled)
    assert runs.total() > len(runs)
