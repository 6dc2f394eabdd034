"""What the clock triggers: reminders and flags, taking back from agencies that ended, forgetting who asked."""

from datetime import datetime, timedelta

from common.database import Database
from common.worker import Job
from regulation.retention import Retention

from qa.domain import QuestionRules
from qa.usecases.erase_askers import erase_askers
from qa.usecases.flag_clocks import flag_clocks
from qa.usecases.recall_questions import recall_questions


def jobs(rules: QuestionRules, retention: Retention) -> tuple[Job, ...]:
    """Return the jobs with how often each runs."""

    async def deadlines(database: Database, now: datetime) -> None:
        while await flag_clocks(database, now):
            pass

    async def recall(database: Database, now: datetime) -> None:
        async with database.sessions.begin() as session:
            await recall_questions(session, rules, now)

    async def forget(database: Database, now: datetime) -> None:
        gone = 1
        while gone:
            async with database.sessions.begin() as session:
                gone = await erase_askers(session, retention, now)

    return (
        Job("flag-deadlines", timedelta(seconds=30), deadlines),
        Job("recall-questions", timedelta(minutes=5), recall),
        Job("forget-askers", timedelta(hours=1), forget),
    )
