"""What the clock triggers: each job runs in one process at a time, however many there are.

The clock is the database's: a machine that was once hours ahead must not hold up what others have to do.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import NamedTuple

import asyncpg
import structlog

from common import inbox, metrics, outbox
from common.database import Database
from common.logs import where
from common.relay import woken
from common.settings import Keeping

_LONGER = timedelta(
    days=7
)  # the inbox is kept longer than the outbox: a replay must always meet its own trace
KEYS_KEPT = timedelta(days=7)
_FORGET_KEYS = """delete from idempotency_key where (scope, key) in (
    select scope, key from idempotency_key where created_at < clock_timestamp() - $1::interval limit 5000)"""
_TRY = "select pg_try_advisory_lock(hashtextextended('motcua job ' || $1, 0))"
# What ran "later than now" was written by a wrong clock and counts as never.
_LAST = """select clock_timestamp() as now,
    (select ran_at from job_lock where name = $1 and ran_at <= clock_timestamp()) as ran_at,
    (select error from job_lock where name = $1) as error"""
_RAN = """insert into job_lock (name, ran_at, error) values ($1, $2, $3)
    on conflict (name) do update set ran_at = excluded.ran_at, error = excluded.error"""
log = structlog.get_logger()


class Job(NamedTuple):
    """A story the clock tells: its name, how often, and what it does with the database and the time in UTC."""

    name: str
    every: timedelta
    run: Callable[[Database, datetime], Awaitable[None]]


async def keep_job(service: str, database: Database, job: Job, stop: asyncio.Event) -> None:
    """Run a job each time it is due until told to stop."""
    while not stop.is_set():
        await woken(stop, await run_if_due(service, database, job))


async def run_if_due(service: str, database: Database, job: Job) -> float:
    """Run a job unless it ran lately or runs elsewhere; returns the seconds until the next look."""
    connection = await database.connect()
    try:
        # First told, then tried: who holds the lock may be a process that is gone, and then nobody else would tell.
        now, due = await _due(service, connection, job)
        if due <= now and not await connection.fetchval(_TRY, job.name):
            return min(job.every.total_seconds(), 5.0)
        if due <= now:
            now, due = await _due(service, connection, job)
        if due > now:
            return min((due - now).total_seconds(), job.every.total_seconds())
        error = await _outcome(service, database, job, now)
        await connection.execute(_RAN, job.name, now, error)
        _tell(service, job, now + job.every, error)
    finally:
        connection.terminate()  # the lock goes with its connection
    return job.every.total_seconds()


async def _due(service: str, connection: asyncpg.Connection, job: Job) -> tuple[datetime, datetime]:
    row = await connection.fetchrow(_LAST, job.name)
    now: datetime = row["now"]
    due = now if row["ran_at"] is None else row["ran_at"] + job.every
    _tell(service, job, due, row["error"])
    return now, due


def _tell(service: str, job: Job, due: datetime, error: str | None) -> None:
    """Say when a job is due, and whether its last run failed; while it hangs the moment stays and grows old."""
    metrics.job_due.labels(service, job.name).set(due.timestamp())
    metrics.job_failed.labels(service, job.name).set(error is not None)


async def _outcome(service: str, database: Database, job: Job, now: datetime) -> str | None:
    try:
        await job.run(database, now)
    except Exception as error:
        log.error("job failed", job=job.name, exc_info=error)
        metrics.jobs.labels(service, job.name, "failed").inc()
        return where(error)
    metrics.jobs.labels(service, job.name, "done").inc()
    return None


def upkeep(keeping: Keeping) -> tuple[Job, ...]:
    """Make the jobs of the plumbing itself: deleting what has served its time, telling what waits too long."""

    async def forget(database: Database, _now: datetime) -> None:
        await outbox.forget_published(database, keeping.outbox)
        await outbox.forget(database, _FORGET_KEYS, KEYS_KEPT)
        await inbox.forget_done(database, keeping.outbox + _LONGER)

    async def alarm(database: Database, now: datetime) -> None:
        for one in await inbox.waiting(database):
            if one.since < now - keeping.patience:
                log.error(
                    "events wait too long",
                    type=one.type,
                    waits_for=one.waits_for,
                    count=one.count,
                    since=one.since.isoformat(),
                )

    return Job("retention", timedelta(hours=1), forget), Job("waiting", timedelta(minutes=1), alarm)
