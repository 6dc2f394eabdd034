"""What the clock triggers: sending what is due, and the end of notices whose time is over."""

from datetime import datetime, timedelta

from common.database import Database
from common.worker import Job
from regulation.retention import Retention

from notify.usecases.deliver import Means, deliver_due
from notify.usecases.forget_notices import BATCH, forget_notices

OFTEN = timedelta(seconds=2)


def jobs(means: Means, retention: Retention) -> tuple[Job, ...]:
    """Return the jobs with how often each runs."""

    async def deliver(database: Database, now: datetime) -> None:
        await deliver_due(database, means, now)

    async def forget(database: Database, now: datetime) -> None:
        gone = BATCH
        while gone >= BATCH:
            async with database.sessions.begin() as session:
                gone = await forget_notices(session, retention, now)

    return (Job("deliver", OFTEN, deliver), Job("forget-notices", timedelta(days=1), forget))
