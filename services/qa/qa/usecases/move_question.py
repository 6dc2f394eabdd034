"""A question that is feedback goes on as feedback, and nobody has to write it again."""

from datetime import datetime
from typing import Any

from common.outbox import record
from common.security import Caller
from regulation.zone import local_day
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from qa import queries
from qa.domain import Action, Deed, QuestionRules, State
from qa.domain.asker import name_of
from qa.domain.feedback import Category, FeedbackState
from qa.events import FeedbackReceived, QuestionMoved
from qa.models import FEEDBACK_NUMBERS, Attachment, Feedback, Question


async def move_question(
    session: AsyncSession,
    rules: QuestionRules,
    caller: Caller,
    question: Question,
    *,
    version: int,
    category: Category,
    now: datetime,
) -> Feedback:
    """Move a question to feedback: same text, sender, files and key; its clocks count from when it was asked.

    Raises:
        ForbiddenError, StaleVersionError, ActionNotAllowedError: not by this caller, not now, or not in this province.

    Source: BD Đ.10.2.c; R-FBK-06
    """
    question.expect_to(Action.FEEDBACK, caller, rules, version)
    feedback = _goes_on(question, await session.scalar(FEEDBACK_NUMBERS), category, now)
    sorting, response = feedback.clocks(rules)
    session.add(feedback)
    question.close(State.MOVED, await queries.running_clocks(session, question.number), now)
    session.add(question.line(Deed.MOVED, caller.subject, now, feedback=feedback.number))
    own = update(Attachment).where(Attachment.number == question.number)
    await session.execute(own.values(number=feedback.number))
    await session.flush()
    session.add_all((sorting, response, feedback.line(Deed.RECEIVED, caller.subject, now, channel="qna")))
    told = await queries.coordinators(session)
    moved = question.tell(QuestionMoved, now, feedback=feedback.number)
    received = feedback.tell(
        FeedbackReceived, now, due_at=response.due_at, tell=told, from_question=question.number
    )
    await session.flush()
    await record(session, moved, received)
    return feedback


def _goes_on(question: Question, serial: int, category: Category, now: datetime) -> Feedback:
    """Return the feedback a question goes on as."""
    sender = sender_of(question)
    return Feedback(
        number=f"PA-{local_day(now).year}-{serial:06}",
        announced=0,
        state=FeedbackState.RECEIVED,
        key_hash=question.key_hash,
        owner=question.owner,
        sender=sender,
        keyed="key" in (sender or {}),
        channel="qna",
        came_at=question.asked_at,
        from_question=question.number,
        category=category,
        title=question.title,
        text=question.text,
        involved=[],
        line_count=0,
    )


def sender_of(question: Question) -> dict[str, Any] | None:
    """Return who sends feedback that was a question: all that the asker said of itself. Source: R-FBK-06; R-SEC-20"""
    if question.asker is None:
        return None
    told = {
        **question.asker,  # so that nothing of it goes public, and all of it is erased
        "name": name_of(question.asker),
        "email": question.asker_email or "",
        "phone": question.asker_phone or "",
        "key": question.asker_key or "",
    }
    return {name: said for name, said in told.items() if said}
