"""Numbers for the people who keep the suite alive, in Prometheus' format."""

import asyncio

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import choose_encoder

from common.database import Database

log = structlog.get_logger()
registry = CollectorRegistry()
ProcessCollector(registry=registry)
requests = Histogram(
    "motcua_http_request_seconds",
    "Time to answer a request",
    ["service", "method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=registry,
)
published = Counter(
    "motcua_events_published", "Events handed to every subscriber", ["service", "type"], registry=registry
)
handled = Counter("motcua_events_handled", "Events that took effect", ["service", "type"], registry=registry)
handling = Histogram(
    "motcua_events_handling_seconds",
    "Time in which a handler dealt with what it was given at once",
    ["service", "type"],
    buckets=(0.005, 0.025, 0.1, 0.5, 2.5, 10),
    registry=registry,
)
failed = Counter(
    "motcua_events_failed", "Attempts of a handler that failed", ["service", "type"], registry=registry
)
jobs = Counter("motcua_jobs", "Runs of jobs", ["service", "job", "outcome"], registry=registry)
job_due = Gauge(
    "motcua_job_due_timestamp_seconds",
    "When a job is due, in Unix time",
    ["service", "job"],
    registry=registry,
)
job_failed = Gauge(
    "motcua_job_failed", "Whether the last run of a job failed", ["service", "job"], registry=registry
)
_answers = Gauge(
    "motcua_database_answers", "Whether the service's own database answered", ["service"], registry=registry
)
_GAUGES = {
    name: Gauge(f"motcua_{name}", text, ["service"], registry=registry)
    for name, text in {
        "outbox_unpublished": "Events not yet with every subscriber",
        "outbox_oldest_unpublished_seconds": "Age of the oldest event not yet with every subscriber",
        "inbox_waiting": "Events that have not yet taken effect",
        "inbox_lag_seconds": "Age of the oldest event that has not yet taken effect",
        "inbox_not_yet": "Events that wait for something that has not arrived",
        "inbox_not_yet_seconds": "Age of the longest wait for something that has not arrived",
        "inbox_dead": "Events that failed too often and wait for a person",
    }.items()
}
# Counting stops at 100,000: a scrape must stay cheap exactly when the backlog is large.
_STATE = """select
    (select count(*) from (select 1 from outbox where published_at is null limit 100000) o) as outbox_unpublished,
    coalesce(extract(epoch from clock_timestamp() - least(
        (select created_at from outbox where published_at is null and waiting_for is null order by seq limit 1),
        (select created_at from outbox where published_at is null and waiting_for is not null order by seq limit 1)
    )), 0)::float8 as outbox_oldest_unpublished_seconds,
    (select count(*) from (select 1 from inbox where done_at is null and dead_at is null limit 100000) i)
        as inbox_waiting,
    coalesce(extract(epoch from clock_timestamp() - least(
        (select received_at from inbox where done_at is null and dead_at is null and attempts = 0
            and waits_for is null order by seq limit 1),
        (select min(received_at) from inbox where done_at is null and dead_at is null and attempts > 0)
    )), 0)::float8 as inbox_lag_seconds,
    not_yet.count as inbox_not_yet, not_yet.age as inbox_not_yet_seconds,
    (select count(*) from inbox where dead_at is not null) as inbox_dead
    from (select count(*), coalesce(extract(epoch from clock_timestamp() - min(waits_since)), 0)::float8 as age
        from (select waits_since from inbox where done_at is null and dead_at is null and waits_for is not null
            limit 100000) w) as not_yet"""


async def event_state(database: Database) -> dict[str, float]:
    """Measure outbox and inbox now; counts end at 100,000, ages are seconds."""
    pool = await database.pool()
    row = await pool.fetchrow(_STATE)
    return {name: float(row[name]) for name in _GAUGES}


async def render(service: str, database: Database | None, accept: str = "") -> tuple[bytes, str]:
    """Write every number of this process in the format that is accepted, and name it; (content, content type).

    Without its database a process still tells what it knows itself, and that the database does not answer.
    """
    if database is not None:
        for gauge in _GAUGES.values():
            gauge.clear()
        state = await _state(database)
        _answers.labels(service).set(bool(state))
        for name, value in state.items():
            _GAUGES[name].labels(service).set(value)
    encode, kind = choose_encoder(accept)
    return encode(registry), kind


async def _state(database: Database) -> dict[str, float]:
    try:
        async with asyncio.timeout(3):
            return await event_state(database)
    except Exception as error:
        log.warning("no numbers of events", error=type(error).__name__)
        return {}
