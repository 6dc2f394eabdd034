"""Remind the editor of a survey that is due, and flag a quarter without one."""

from datetime import datetime

from common.outbox import record
from regulation.lateness.periods import Cycle
from regulation.zone import local_day
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from qa import queries
from qa.domain.survey import REGULAR
from qa.domain.survey_cadence import due_period, remind_on
from qa.events import SurveyIsDue
from qa.models import Survey, SurveyDue


async def watch_cadence(session: AsyncSession, cycle: Cycle, now: datetime) -> None:
    """Begin the quarter's due survey, remind of it before the quarter ends, flag it after, each once.

    Source: TN Đ.24.4; `satisfaction.survey_cadence`; requirements §0.3.2; R-SAT-02
    """
    period, today = due_period(cycle, now), local_day(now)
    met = await session.scalar(
        select(Survey.number)
        .where(
            Survey.kind.in_(sorted(REGULAR)),
            Survey.published_at.is_not(None),
            Survey.opens_on.between(period.first, period.last),
        )
        .order_by(Survey.opens_on, Survey.number)
        .limit(1)
    )
    begun = insert(SurveyDue).values(first=period.first, due_on=period.last, met_by=met)
    await session.execute(begun.on_conflict_do_nothing())
    owed = select(SurveyDue).where(SurveyDue.met_by.is_(None), SurveyDue.overdue_at.is_(None))
    for due in await session.scalars(owed.order_by(SurveyDue.first).with_for_update(skip_locked=True)):
        late = due.due_on < today
        if late:
            due.overdue_at = now
        elif due.reminded_at is None and today >= remind_on(due_period(cycle, now)):
            due.reminded_at = now
        else:
            continue
        await _tell(session, due, now, late=late)


async def _tell(session: AsyncSession, due: SurveyDue, now: datetime, *, late: bool) -> None:
    fact = SurveyIsDue(
        aggregate_id=due.first.isoformat(),
        aggregate_version=2 if late else 1,
        agency=None,
        occurred_at=now,
        first=due.first,
        due_on=due.due_on,
        overdue=late,
        tell=await queries.coordinators(session),
    )
    await session.flush()
    await record(session, fact)
