"""Tell questions and feedback again, for a service that begins later than they did."""

from collections import defaultdict
from collections.abc import Sequence

from common.announcing import Told
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from qa.models import RETOLD, Clock, Feedback, Line, Question, retold_feedback, retold_question


async def announce_questions(session: AsyncSession, after: str, limit: int) -> Sequence[Told]:
    """Return the next questions after a number, each with its story so far."""
    found = select(Question).where(Question.number > after).order_by(Question.number).limit(limit)
    rows = (await session.scalars(found)).all()
    lines, clocks = await _history(session, [row.number for row in rows])
    return [Told(row.number, retold_question(row, lines[row.number], clocks[row.number])) for row in rows]


async def announce_feedback(session: AsyncSession, after: str, limit: int) -> Sequence[Told]:
    """Return the next feedback after a number, each piece with its story so far."""
    found = select(Feedback).where(Feedback.number > after).order_by(Feedback.number).limit(limit)
    rows = (await session.scalars(found)).all()
    lines, clocks = await _history(session, [row.number for row in rows])
    return [Told(row.number, retold_feedback(row, lines[row.number], clocks[row.number])) for row in rows]


async def _history(
    session: AsyncSession, numbers: Sequence[str]
) -> tuple[defaultdict[str, list[Line]], defaultdict[str, list[Clock]]]:
    """Return the lines that are told again and the clocks, by number, each in the order they were made."""
    lines: defaultdict[str, list[Line]] = defaultdict(list)
    clocks: defaultdict[str, list[Clock]] = defaultdict(list)
    told = select(Line).where(Line.question.in_(numbers), Line.deed.in_(sorted(RETOLD)))
    for line in await session.scalars(told.order_by(Line.question, Line.no)):
        lines[line.question].append(line)
    begun = select(Clock).where(Clock.question.in_(numbers)).order_by(Clock.id)
    for clock in await session.scalars(begun):
        clocks[clock.question].append(clock)
    return lines, clocks
