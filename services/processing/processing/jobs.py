"""What the clock triggers: reminders, overdue flags, a look after idle officers, what is to hand over or to seal."""

from datetime import datetime, timedelta

from common.database import Database
from common.worker import Job

from processing.domain.rules import HandlingRules
from processing.usecases.flag_consultations import flag_consultations
from processing.usecases.flag_deadlines import flag_deadlines
from processing.usecases.hand_over_dossiers import hand_over_dossiers
from processing.usecases.remind_idle_officers import remind_idle_officers
from processing.usecases.seal_columns import sealing


def jobs(rules: HandlingRules) -> tuple[Job, ...]:
    """Return the jobs with how often each runs."""

    async def deadlines(database: Database, now: datetime) -> None:
        await flag_deadlines(database, now)
        await flag_consultations(database, now)

    async def idle(database: Database, now: datetime) -> None:
        await remind_idle_officers(database, now, rules.idle, rules.calendar)

    async def hand_over(database: Database, now: datetime) -> None:
        await hand_over_dossiers(database, rules.instance, now)

    seal = sealing()

    async def seal_all(database: Database, _now: datetime) -> None:
        count = 1
        while count:
            async with database.sessions.begin() as session:
                count = await seal(session)

    return (
        Job("flag-deadlines", timedelta(seconds=30), deadlines),
        Job("remind-idle-officers", timedelta(minutes=15), idle),
        Job("hand-over", timedelta(seconds=5), hand_over),
        Job("seal-columns", timedelta(minutes=10), seal_all),
    )
