"""Remind of what is due soon and flag what is overdue, each once, of questions and feedback alike."""

from collections import defaultdict
from datetime import datetime

from common.database import Database
from common.events import Event
from common.outbox import record
from regulation.roles import Role
from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from qa import queries
from qa.domain import ClockKind
from qa.domain.clocks import OWED
from qa.events import FeedbackDueSoon, FeedbackOverdue, QuestionDueSoon, QuestionOverdue
from qa.models import Clock, Feedback, Question

BATCH = 200
Owed = Question | Feedback


async def flag_clocks(database: Database, now: datetime) -> int:
    """Announce every reminder and every passed due time that is not announced yet; return how many.

    Source: requirements §0.3.2; NB Đ.18.5.c; TN Đ.15.4; TN Đ.18.2; R-QNA-10; R-QNA-14; R-QNA-21; R-FBK-08
    """
    late = and_(Clock.overdue_at.is_(None), Clock.due_at < now)
    soon = and_(Clock.reminded_at.is_(None), Clock.soon_at <= now, Clock.due_at >= now)
    return await _flag(database, late, now, late=True) + await _flag(database, soon, now, late=False)


async def _flag(database: Database, condition: ColumnElement[bool], now: datetime, *, late: bool) -> int:
    async with database.sessions.begin() as session:
        waiting = and_(Clock.ended_at.is_(None), Clock.kind.in_(sorted(OWED)), condition)
        held = await _held(session, waiting)
        mark = {"overdue_at" if late else "reminded_at": now}
        flagged = update(Clock).where(waiting, Clock.question.in_(list(held))).values(mark).returning(Clock)
        clocks: defaultdict[str, list[Clock]] = defaultdict(list)
        for clock in await session.scalars(flagged):
            clocks[clock.question].append(clock)
        for number, due in clocks.items():
            last = await _counted(session, held[number], len(due))
            for count, clock in enumerate(due, start=last - len(due) + 1):
                told = await _told(session, clock, held[number], late=late)
                await record(session, _fact(clock, held[number], count, told, now, late=late))
    return sum(map(len, clocks.values()))


async def _held(session: AsyncSession, waiting: ColumnElement[bool]) -> dict[str, Owed]:
    """Hold what some clocks are about, as every deed does before it touches them; what a deed holds comes next time."""
    soonest = select(Clock.question).where(waiting).order_by(Clock.due_at, Clock.id).limit(BATCH)
    numbers = sorted({*await session.scalars(soonest)})
    found: dict[str, Owed] = {}
    asked = select(Question).where(Question.number.in_(numbers)).order_by(Question.number)
    sent = select(Feedback).where(Feedback.number.in_(numbers)).order_by(Feedback.number)
    found |= {row.number: row for row in await session.scalars(asked.with_for_update(skip_locked=True))}
    found |= {row.number: row for row in await session.scalars(sent.with_for_update(skip_locked=True))}
    return found


async def _counted(session: AsyncSession, about: Owed, facts: int) -> int:
    """Count so many more facts and return the last number; a statement, so that the version people edit by stays."""
    table = type(about)
    more = update(table).where(table.number == about.number).values(announced=table.announced + facts)
    last: int | None = await session.scalar(
        more.returning(table.announced).execution_options(synchronize_session=False)
    )
    assert last is not None, "what is held is there"
    return last


async def _told(session: AsyncSession, clock: Clock, about: Owed, *, late: bool) -> tuple[str, ...]:
    """Return who hears of a clock: who owes it, and the coordinators of everything that is late."""
    centre = await queries.coordinators(session)
    if not clock.owes:
        return centre
    role = Role.FEEDBACK_OWNER if isinstance(about, Feedback) else Role.QA_OWNER
    people = await queries.people_of(session, clock.owes, role)
    return tuple(dict.fromkeys((*people.accounts, *(centre if late else ()))))


def _fact(
    clock: Clock, about: Owed, count: int, told: tuple[str, ...], now: datetime, *, late: bool
) -> Event:
    own = {"clock": ClockKind(clock.kind), "due_at": clock.due_at, "tell": told}
    if isinstance(about, Feedback):
        return about.numbered(FeedbackOverdue if late else FeedbackDueSoon, count, now, **own)
    return about.numbered(QuestionOverdue if late else QuestionDueSoon, count, now, **own)
