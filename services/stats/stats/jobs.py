"""What the clock triggers: the continuous check that the accounts add up."""

from dataclasses import asdict
from datetime import datetime, timedelta

import structlog
from common.database import Database
from common.metrics import registry
from common.worker import Job
from prometheus_client import Gauge
from regulation.lateness import Cycle, Figures, period_of
from regulation.zone import local_day

from stats import queries
from stats.queries import Filter, Group
from stats.usecases.check_identity import check_identity

EVERY = timedelta(minutes=1)
breaches = Gauge("motcua_stats_identity_breaches", "Accounts that do not add up", registry=registry)
dossiers = Gauge(
    "motcua_stats_dossiers", "The running month's account of the province", ["figure"], registry=registry
)
log = structlog.get_logger()


async def _check(database: Database, now: datetime) -> None:
    async with database.sessions() as session:
        found = await check_identity(session, now)
        await session.commit()
        month = period_of(local_day(now), Cycle.MONTH)
        told = await queries.figures(session, month.starts_at, month.ends_at, Group.PROVINCE, Filter())
    breaches.set(found.breach_count)
    for figure, count in asdict(sum(told.values(), Figures())).items():
        dossiers.labels(figure).set(count)
    if found.breach_count:
        log.error("the accounts do not add up", breach_count=found.breach_count, breaches=found.breaches[:10])


def jobs() -> tuple[Job, ...]:
    """Return the jobs with how often each runs."""
    return (Job("check-identity", EVERY, _check),)
