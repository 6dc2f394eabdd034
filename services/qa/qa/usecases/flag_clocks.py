"""Remind of what is due soon and flag what is overdue, each once."""

from datetime import datetime

from common.database import Database
from common.outbox import record
from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from qa import queries
from qa.domain import ClockKind
from qa.domain.clocks import OWED
from qa.events import QuestionDueSoon, QuestionOverdue
from qa.models import Clock, Question

BATCH = 200


async def flag_clocks(database: Database, now: datetime) -> int:
    """Announce every reminder and every passed due time that is not announced yet; return how many.

    Source: requirements §0.3.2; NB Đ.18.5.c; TN Đ.15.4; R-QNA-10; R-QNA-14; R-QNA-21
    """
    late = and_(Clock.overdue_at.is_(None), Clock.due_at < now)
    soon = and_(Clock.reminded_at.is_(None), Clock.soon_at <= now, Clock.due_at >= now)
    return await _flag(database, late, QuestionOverdue, now) + await _flag(
        database, soon, QuestionDueSoon, now
    )


async def _flag(
    database: Database,
    condition: ColumnElement[bool],
    fact: type[QuestionOverdue] | type[QuestionDueSoon],
    now: datetime,
) -> int:
    async with database.sessions.begin() as session:
        waiting = (
            select(Clock.id)
            .where(Clock.ended_at.is_(None), Clock.kind.in_(sorted(OWED)), condition)
            .order_by(Clock.due_at, Clock.id)
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        )
        mark = "overdue_at" if fact is QuestionOverdue else "reminded_at"
        clocks = (
            await session.scalars(
                update(Clock).where(Clock.id.in_(waiting)).values({mark: now}).returning(Clock)
            )
        ).all()
        # A statement, not a change of the row: the version is for what people edit, and no page grows stale here.
        rows = await session.scalars(
            update(Question)
            .where(Question.number.in_([clock.question for clock in clocks]))
            .values(announced=Question.announced + 1)
            .returning(Question)
        )
        questions = {question.number: question for question in rows}
        for clock in clocks:
            question = questions[clock.question]
            told = await _told(session, clock, late=fact is QuestionOverdue)
            again = question.repeated(fact, now, clock=clock.kind, due_at=clock.due_at, tell=told)
            await record(session, again)
    return len(clocks)


async def _told(session: AsyncSession, clock: Clock, *, late: bool) -> tuple[str, ...]:
    """Return who hears of a clock: who owes it, and the coordinators of everything that is late."""
    centre = await queries.coordinators(session)
    if clock.kind != ClockKind.ANSWER:
        return centre
    people = await queries.people_of(session, clock.owes)
    return tuple(dict.fromkeys((*people.accounts, *(centre if late else ()))))
