"""What the clock triggers: sending what is due, what came to desks, the morning's digests, the end of old notices."""

from datetime import datetime, timedelta

from common.database import Database
from common.worker import Job
from regulation.calendar import WorkingCalendar
from regulation.retention import Retention

from notify.usecases.deliver import Means, deliver_due
from notify.usecases.fall_back import fall_back
from notify.usecases.forget_notices import BATCH, forget_notices
from notify.usecases.gather_digests import gather_digests
from notify.usecases.tell import Writer, tell
from notify.usecases.tell_desks import DeskRules, gather_arrivals

OFTEN = timedelta(seconds=2)


def jobs(
    means: Means, retention: Retention, writer: Writer, calendar: WorkingCalendar, desks: DeskRules
) -> tuple[Job, ...]:
    """Return the jobs with how often each runs."""

    async def deliver(database: Database, now: datetime) -> None:
        await deliver_due(database, means, now)
        await fall_back(database, writer.channels, now)

    async def arrivals(database: Database, now: datetime) -> None:
        async with database.sessions.begin() as session:
            await tell(session, await gather_arrivals(session, calendar, desks, now), writer)

    async def digest(database: Database, now: datetime) -> None:
        async with database.sessions.begin() as session:
            await tell(session, await gather_digests(session, calendar, desks.usual, now), writer)

    async def forget(database: Database, now: datetime) -> None:
        gone = BATCH
        while gone >= BATCH:
            async with database.sessions.begin() as session:
                gone = await forget_notices(session, retention, now)

    return (
        Job("deliver", OFTEN, deliver),
        Job("tell-desks", timedelta(seconds=30), arrivals),
        Job("send-digests", timedelta(minutes=15), digest),
        Job("forget-notices", timedelta(days=1), forget),
    )
