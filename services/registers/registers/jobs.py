"""What the clock triggers: looking at the suite once a minute."""

from datetime import datetime, timedelta

from common.database import Database
from common.worker import Job

from registers.ports import Watch
from registers.usecases.observe import observe

EVERY = timedelta(minutes=1)


def jobs(watch: Watch) -> tuple[Job, ...]:
    """Return the jobs with how often each runs."""

    async def look(database: Database, now: datetime) -> None:
        found = await watch.look(now)
        if found:
            async with database.sessions.begin() as session:
                await observe(session, found, watch.backup(), now)

    return (Job("observe", EVERY, look),)
