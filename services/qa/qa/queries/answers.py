"""Public answers one by one and page by page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from common.conditions import under
from common.cursors import instant, read_cursor, write_cursor
from sqlalchemy import Boolean, ColumnElement, Row, func, literal_column, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.errors import QuestionNotFoundError
from qa.models import Question
from qa.queries.answer_index import COLUMNS

# As the partial indexes say it: a parameter would hide from the planner that they fit.
PUBLIC: Final[ColumnElement[bool]] = literal_column(
    "(question.publication ->> 'state') = 'published'", Boolean()
)


@dataclass(frozen=True)
class AnswerPage:
    """One page of public answers, newest first: rows with the columns of a card."""

    items: Sequence[Row[Any]]
    next: str | None


async def public_answer(session: AsyncSession, number: str) -> Question:
    """Return a question whose answer is public. Raises: QuestionNotFoundError."""
    question = await session.scalar(select(Question).where(Question.number == number, PUBLIC))
    if question is None:
        raise QuestionNotFoundError
    return question


async def still_public(session: AsyncSession, numbers: Collection[str]) -> set[str]:
    """Return those of these numbers whose answer is public at this moment."""
    return set(await session.scalars(select(Question.number).where(Question.number.in_(numbers), PUBLIC)))


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
    place: Any = tuple_(Question.answered_at, Question.number)
    found = select(*COLUMNS).where(*_narrowed(topic, agency, procedure))
    if cursor:
        found = found.where(place < read_cursor(cursor, instant, str))
    order = (Question.answered_at.desc(), Question.number.desc())
    rows = (await session.execute(found.order_by(*order).limit(limit + 1))).all()
    more = write_cursor(rows[limit - 1].answered_at, rows[limit - 1].number) if len(rows) > limit else None
    return AnswerPage(rows[:limit], more)


async def count_answers(
    session: AsyncSession, *, topic: str = "", agency: str = "", procedure: str = ""
) -> int:
    """Count public answers where no index in memory does it yet."""
    counted = select(func.count()).select_from(Question).where(*_narrowed(topic, agency, procedure))
    return await session.scalar(counted) or 0


def _narrowed(topic: str, agency: str, procedure: str) -> list[ColumnElement[bool]]:
    tests: list[ColumnElement[bool]] = [PUBLIC]
    tests += [Question.topic == topic] if topic else []
    tests += [Question.procedure == procedure] if procedure else []
    tests += [under(Question.agency, agency)] if agency else []
    return tests


async def decided_last(session: AsyncSession, limit: int) -> Sequence[Question]:
    """Return what was published or taken off last, the newest decision first. Source: TN Đ.16.2; R-QNA-23"""
    told = literal_column("(question.publication ->> 'state') in ('published', 'withdrawn')", Boolean())
    decided = select(Question).where(Question.published_no.is_not(None), told)
    return (await session.scalars(decided.order_by(Question.published_no.desc()).limit(limit))).all()
