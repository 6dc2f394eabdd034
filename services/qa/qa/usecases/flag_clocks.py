"""Remind of what is due soon and flag what is overdue, each once, of questions and feedback alike."""

from collections.abc import Sequence
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
Numbered = dict[str, Question | Feedback]


async def flag_clocks(database: Database, now: datetime) -> int:
    """Announce every reminder and every passed due time that is not announced yet; return how many.

    Source: requirements §0.3.2; NB Đ.18.5.c; TN Đ.15.4; TN Đ.18.2; R-QNA-10; R-QNA-14; R-QNA-21; R-FBK-08
    """
    late = and_(Clock.overdue_at.is_(None), Clock.due_at < now)
    soon = and_(Clock.reminded_at.is_(None), Clock.soon_at <= now, Clock.due_at >= now)
    return await _flag(database, late, now, late=True) + await _flag(database, soon, now, late=False)


async def _flag(database: Database, condition: ColumnElement[bool], now: datetime, *, late: bool) -> int:
    async with database.sessions.begin() as session:
        waiting = (
            select(Clock.id)
            .where(Clock.ended_at.is_(None), Clock.kind.in_(sorted(OWED)), condition)
            .order_by(Clock.due_at, Clock.id)
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        )
        mark = {"overdue_at" if late else "reminded_at": now}
        flagged = update(Clock).where(Clock.id.in_(waiting)).values(mark).returning(Clock)
        clocks = (await session.scalars(flagged)).all()
        about = await _counted(session, [clock.question for clock in clocks])
        for clock in clocks:
            told = await _told(session, clock, about[clock.question], late=late)
            await record(session, _fact(clock, about[clock.question], told, now, late=late))
    return len(clocks)


async def _counted(session: AsyncSession, numbers: Sequence[str]) -> Numbered:
    """Count one more fact of each; a statement, so that the version people edit by stays."""
    asked = update(Question).where(Question.number.in_(numbers)).values(announced=Question.announced + 1)
    sent = update(Feedback).where(Feedback.number.in_(numbers)).values(announced=Feedback.announced + 1)
    found: Numbered = {row.number: row for row in await session.scalars(asked.returning(Question))}
    found |= {row.number: row for row in await session.scalars(sent.returning(Feedback))}
    return found


async def _told(
    session: AsyncSession, clock: Clock, about: Question | Feedback, *, late: bool
) -> tuple[str, ...]:
    """Return who hears of a clock: who owes it, and the coordinators of everything that is late."""
    centre = await queries.coordinators(session)
    if not clock.owes:
        return centre
    role = Role.FEEDBACK_OWNER if isinstance(about, Feedback) else Role.QA_OWNER
    people = await queries.people_of(session, clock.owes, role)
    return tuple(dict.fromkeys((*people.accounts, *(centre if late else ()))))


def _fact(
    clock: Clock, about: Question | Feedback, told: tuple[str, ...], now: datetime, *, late: bool
) -> Event:
    kind = ClockKind(clock.kind)
    if isinstance(about, Feedback):
        fact = FeedbackOverdue if late else FeedbackDueSoon
        return about.repeated(fact, now, clock=kind, due_at=clock.due_at, tell=told)
    question = QuestionOverdue if late else QuestionDueSoon
    return about.repeated(question, now, clock=kind, due_at=clock.due_at, tell=told)
