"""What the clock triggers: sending what is due."""

from datetime import datetime, timedelta

from common.database import Database
from common.worker import Job

from notify.usecases.deliver import Means, deliver_due

OFTEN = timedelta(seconds=2)


def jobs(means: Means) -> tuple[Job, ...]:
    """Return the jobs with how often each runs."""

    async def deliver(database: Database, now: datetime) -> None:
        await deliver_due(database, means, now)

    return (Job("deliver", OFTEN, deliver),)
