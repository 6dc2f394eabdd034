"""Check that what was received is where it should be, and that what is open is owed by somebody."""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from qa.queries.figures import adrift, feedback_balance, question_balance

BEGINNING: Final = datetime(2000, 1, 1, tzinfo=UTC)


async def check_balance(session: AsyncSession, now: datetime) -> list[str]:
    """Return what does not add up: `questions` or `feedback` where rows and history disagree, and numbers adrift.

    Source: design of accounting identities; R-STA-15
    """
    found = []
    if not (await question_balance(session, BEGINNING, now)).holds:
        found.append("questions")
    if not (await feedback_balance(session, BEGINNING, now)).holds:
        found.append("feedback")
    return [*found, *await adrift(session)]
