"""What the clock triggers: the continuous check that the accounts add up."""

from datetime import datetime, timedelta

import structlog
from common.database import Database
from common.metrics import registry
from common.worker import Job
from prometheus_client import Gauge

from stats.usecases.check_identity import check_identity

EVERY = timedelta(minutes=1)
breaches = Gauge("motcua_stats_identity_breaches", "Accounts that do not add up", registry=registry)
log = structlog.get_logger()


async def _check(database: Database, now: datetime) -> None:
    async with database.sessions() as session:
        found = await check_identity(session, now)
        await session.commit()
    breaches.set(found.breach_count)
    if found.breach_count:
        log.error("the accounts do not add up", breach_count=found.breach_count, breaches=found.breaches[:10])


def jobs() -> tuple[Job, ...]:
    """Return the jobs with how often each runs."""
    return (Job("check-identity", EVERY, _check),)
