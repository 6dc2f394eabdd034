"""Numbers for the people who keep the suite alive, in Prometheus' format."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from common.database import Database

registry = CollectorRegistry()
requests = Histogram(
    "motcua_http_request_seconds",
    "Time to answer a request",
    ["service", "method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=registry,
)
published = Counter(
    "motcua_events_published", "Events handed to every subscriber", ["service"], registry=registry
)
handled = Counter("motcua_events_handled", "Events that took effect", ["service"], registry=registry)
failed = Counter(
    "motcua_events_failed", "Attempts of a handler that failed", ["service", "type"], registry=registry
)
jobs = Counter("motcua_jobs", "Runs of jobs", ["service", "job", "outcome"], registry=registry)
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


async def render(service: str, database: Database | None) -> bytes:
    """Write every number of this process, with the present state of its events."""
    if database is not None:
        for name, value in (await event_state(database)).items():
            _GAUGES[name].labels(service).set(value)
    return generate_latest(registry)
