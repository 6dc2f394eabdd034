"""What an agency's own instance no longer has is forgotten there."""

from datetime import datetime, timedelta
from typing import Final

from regulation.instances import PROVINCE
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain import Deed
from qa.models import Line, Question
from qa.queries.handing import whereabouts

AFTER: Final = timedelta(minutes=1)
"""So long it is still shown as it left, for whoever did the last deed."""
BATCH: Final = 200


async def forget_lent(session: AsyncSession, now: datetime) -> int:
    """Take the words from questions that went back to the province; return how many.

    Number, due dates and history stay, which is only added to; so an old event opens none of them again.

    Source: decision 0068
    """
    left = select(Line.question).where(Line.deed == Deed.HANDED_OVER, Line.at < now - AFTER)
    gone = select(Question).where(Question.number.in_(left), whereabouts() == PROVINCE, Question.text != "")
    questions = (await session.scalars(gone.limit(BATCH).with_for_update())).all()
    for question in questions:
        question.agency, question.closed_at = None, question.closed_at or now
        question.title = question.title_key = question.text = ""
        question.draft = question.answer = question.return_asked = question.procedure = None
        question.interim, question.doubts = [], []
    await session.flush()
    return len(questions)
