"""What the clock triggers in the catalogue."""

from datetime import datetime, timedelta

from common.database import Database
from common.worker import Job
from regulation.zone import local_day

from catalog.domain.service_levels import SchemeRules
from catalog.usecases.apply_due_decisions import apply_due_decisions


def jobs(rules: SchemeRules) -> tuple[Job, ...]:
    """Return the jobs with how often each runs.

    Versions, repeals and forms come into force on their day. Source: QT Đ.8; R-CAT-16.
    """

    async def decisions(database: Database, now: datetime) -> None:
        async with database.sessions() as session:
            await apply_due_decisions(session, rules, local_day(now), now)
            await session.commit()

    return (Job("due-decisions", timedelta(minutes=1), decisions),)
