"""What the clock triggers: reminders and overdue flags, and taking back from agencies that ended."""

from datetime import datetime, timedelta

from common.database import Database
from common.worker import Job

from qa.domain import QuestionRules
from qa.usecases.flag_clocks import flag_clocks
from qa.usecases.recall_questions import recall_questions


def jobs(rules: QuestionRules) -> tuple[Job, ...]:
    """Return the jobs with how often each runs."""

    async def deadlines(database: Database, now: datetime) -> None:
        while await flag_clocks(database, now):
            pass

    async def recall(database: Database, now: datetime) -> None:
        async with database.sessions.begin() as session:
            await recall_questions(session, rules, now)

    return (
        Job("flag-deadlines", timedelta(seconds=30), deadlines),
        Job("recall-questions", timedelta(minutes=5), recall),
    )
