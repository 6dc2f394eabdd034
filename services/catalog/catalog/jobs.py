"""What the clock triggers in the catalogue."""

from datetime import datetime, timedelta

from common.database import Database
from common.worker import Job
from regulation.zone import local_day

from catalog.domain.service_levels import SchemeRules
from catalog.usecases.apply_due_decisions import apply_due_decisions
from catalog.usecases.flag_change_requests import AT_ONCE, flag_change_requests


def jobs(rules: SchemeRules) -> tuple[Job, ...]:
    """Return the jobs with how often each runs.

    Versions, repeals and forms come into force on their day; requests that are late are flagged.
    Source: QT Đ.8; NB Đ.11.2.b; R-CAT-15; R-CAT-16.
    """

    async def decisions(database: Database, now: datetime) -> None:
        async with database.sessions() as session:
            await apply_due_decisions(session, rules, local_day(now), now)
            await session.commit()

    async def requests(database: Database, now: datetime) -> None:
        flagged = AT_ONCE
        while flagged == AT_ONCE:
            async with database.sessions.begin() as session:
                flagged = await flag_change_requests(session, now)

    return (
        Job("due-decisions", timedelta(minutes=1), decisions),
        Job("flag-change-requests", timedelta(minutes=1), requests),
    )
