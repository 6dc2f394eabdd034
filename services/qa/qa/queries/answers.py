"""Public answers one by one and page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from common.cursors import instant, read_cursor, write_cursor
from sqlalchemy import ColumnElement, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain import PublicationState
from qa.domain.errors import QuestionNotFoundError
from qa.models import Question

PUBLIC: ColumnElement[bool] = Question.publication["state"].astext == PublicationState.PUBLISHED.value


@dataclass(frozen=True)
class AnswerPage:
    """One page of public answers, newest first."""

    items: Sequence[Question]
    total: int
    next: str | None


async def public_answer(session: AsyncSession, number: str) -> Question:
    """Return a question whose answer is public. Raises: QuestionNotFoundError."""
    question = await session.scalar(select(Question).where(Question.number == number, PUBLIC))
    if question is None:
        raise QuestionNotFoundError
    return question


async def public_answers(
    session: AsyncSession,
    *,
    topic: str = "",
    agency: str = "",
    procedure: str = "",
    limit: int = 20,
    cursor: str | None = None,
) -> AnswerPage:
    """Return a page of public answers, newest first. Source: TN Đ.16.1; QT Đ.24.4; R-QNA-22"""
    tests: list[ColumnElement[bool]] = [PUBLIC]
    tests += [Question.topic == topic] if topic else []
    tests += [Question.procedure == procedure] if procedure else []
    if agency:
        tests.append(
            or_(Question.agency == agency, Question.agency.startswith(f"{agency}.", autoescape=True))
        )
    total = await session.scalar(select(func.count()).select_from(Question).where(*tests)) or 0
    place: Any = tuple_(Question.answered_at, Question.number)
    found = select(Question).where(*tests)
    if cursor:
        found = found.where(place < read_cursor(cursor, instant, str))
    order = (Question.answered_at.desc(), Question.number.desc())
    rows = (await session.scalars(found.order_by(*order).limit(limit + 1))).all()
    more = write_cursor(rows[limit - 1].answered_at, rows[limit - 1].number) if len(rows) > limit else None
    return AnswerPage(rows[:limit], total, more)
