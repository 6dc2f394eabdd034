"""One question, as far as whoever asks may see it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from common.conditions import matching
from common.cursors import read_cursor, write_cursor
from common.sealing import ring_of
from regulation.roles import Holder, Right, view
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain import ClockKind, Deed, Outcome
from qa.domain.errors import QuestionNotFoundError, SupplementsWaitError
from qa.models import PUBLICATIONS, Clock, Line, Question
from qa.models.marks import hidden_sameness

_IN_TURN = text("select pg_advisory_xact_lock(hashtextextended('qa publication', 0))")


@dataclass(frozen=True)
class OwnPage:
    """One page of an account's questions, newest first."""

    items: Sequence[Question]
    total: int
    next: str | None


def hashed(key: str) -> str:
    """Return what is kept of a follow-up key."""
    return hashlib.sha256(key.encode()).hexdigest()


async def question_for(session: AsyncSession, who: Holder, number: str, *, held: bool = False) -> Question:
    """Return a question that an officer may see; `held` for a deed, before its clocks: jobs take them in that order.

    Raises: QuestionNotFoundError. Source: R-ACC-18; R-QNA-21
    """
    seen = matching(view(Right.READ_QUESTIONS, who).alternatives(), agency=Question.agency)
    wanted = select(Question).where(Question.number == number, seen)
    return _found(await session.scalar(wanted.with_for_update() if held else wanted))


async def by_key(session: AsyncSession, key: str) -> Question:
    """Return the question of a follow-up key. Raises: QuestionNotFoundError."""
    return _found(await session.scalar(select(Question).where(Question.key_hash == hashed(key))))


async def own_question(session: AsyncSession, owner: str, number: str) -> Question:
    """Return an account's own question. Raises: QuestionNotFoundError."""
    own = select(Question).where(Question.number == number, Question.owner == owner)
    return _found(await session.scalar(own))


def _found(question: Question | None) -> Question:
    if question is None:
        raise QuestionNotFoundError
    return question


async def own_page(session: AsyncSession, owner: str, *, limit: int, cursor: str | None = None) -> OwnPage:
    """Return a page of an account's questions. Raises: InvalidInputError when the cursor is none."""
    mine = Question.owner == owner
    total = await session.scalar(select(func.count()).select_from(Question).where(mine)) or 0
    wanted = select(Question).where(mine)
    if cursor:
        wanted = wanted.where(Question.number < read_cursor(cursor, str)[0])
    rows = (await session.scalars(wanted.order_by(Question.number.desc()).limit(limit + 1))).all()
    more = write_cursor(rows[limit - 1].number) if len(rows) > limit else None
    return OwnPage(rows[:limit], total, more)


async def same_question(session: AsyncSession, sameness: str) -> str | None:
    """Return the number of an open question that says the same for the same asker."""
    told = {sameness, hidden_sameness(sameness, ring_of(session))}  # in clear where it is not sealed yet
    same = select(Question.number).where(Question.sameness.in_(sorted(told)), Question.closed_at.is_(None))
    number: str | None = await session.scalar(same)
    return number


async def expect_patience(session: AsyncSession, first: Question, most: int) -> None:
    """Refuse one more supplementary question to an answer while so many wait. Raises: SupplementsWaitError."""
    await session.refresh(first, with_for_update=True)  # two at once are counted one after the other
    waiting = select(func.count()).where(Question.follows == first.number, Question.closed_at.is_(None))
    if (await session.scalar(waiting) or 0) >= most:
        raise SupplementsWaitError(most=most)


async def supplements_of(session: AsyncSession, number: str) -> Sequence[str]:
    """Return the numbers of the questions that follow one, oldest first."""
    return (
        await session.scalars(
            select(Question.number).where(Question.follows == number).order_by(Question.number)
        )
    ).all()


async def clocks_of(session: AsyncSession, number: str) -> Sequence[Clock]:
    """Return every clock a question ever had, in the order they began."""
    found = select(Clock).where(Clock.question == number)
    found = found.order_by(Clock.started_at, Clock.held_from, Clock.id)
    return (await session.scalars(found)).all()


async def running_clocks(session: AsyncSession, number: str) -> Sequence[Clock]:
    """Return the clocks of a question that run."""
    running = select(Clock).where(Clock.question == number, Clock.ended_at.is_(None))
    return (await session.scalars(running.with_for_update())).all()


async def given_back(session: AsyncSession, number: str) -> Clock | None:
    """Return the newest answer that an agency owed until it gave the question back."""
    ended = select(Clock).where(Clock.question == number, Clock.kind == ClockKind.ANSWER)
    ended = ended.where(Clock.outcome == Outcome.RETURNED).order_by(Clock.ended_at.desc(), Clock.id.desc())
    clock: Clock | None = await session.scalar(ended.limit(1))
    return clock


async def reached(session: AsyncSession, numbers: Sequence[str]) -> Sequence[Question]:
    """Return the questions of these whose asker has no account and is still known."""
    wanted = select(Question).where(Question.number.in_(list(numbers)), Question.owner.is_(None))
    return (await session.scalars(wanted.where(Question.of_somebody(), ~Question.account_gone))).all()


async def lines_of(session: AsyncSession, number: str) -> Sequence[Line]:
    """Return the history of a question in its order."""
    return (await session.scalars(select(Line).where(Line.question == number).order_by(Line.no))).all()


async def last_deed(session: AsyncSession, number: str, deed: Deed, agency: str) -> datetime | None:
    """Return when something was last done about a question while an agency had it."""
    wanted = (Line.question == number, Line.deed == deed, Line.agency == agency)
    last: datetime | None = await session.scalar(select(func.max(Line.at)).where(*wanted))
    return last


async def next_publication(session: AsyncSession) -> int:
    """Return the next number of a publication; held to the commit, so that who reads beyond a number misses none."""
    await session.execute(_IN_TURN)
    number: int = await session.scalar(PUBLICATIONS)
    return number
