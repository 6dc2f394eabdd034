"""Remind of dossiers that are due soon and flag those that are overdue, each once."""

from datetime import datetime

from common.database import Database
from common.outbox import record
from sqlalchemy import ColumnElement, and_, select

from processing import queries
from processing.domain.states import CLOSED
from processing.events import CaseDueSoon, CaseOverdue
from processing.models import Case

BATCH = 200


async def flag_deadlines(database: Database, now: datetime) -> int:
    """Announce every reminder and every passed due time that is not announced yet; return how many.

    Source: requirements §0.3.2; NB Đ.17.1.a; R-PRC-05
    """
    late = and_(Case.overdue_at.is_(None), Case.due_at < now)
    soon = and_(Case.reminded_at.is_(None), Case.soon_at <= now, Case.due_at >= now)
    return await _flag(database, late, CaseOverdue, now) + await _flag(database, soon, CaseDueSoon, now)


async def _flag(
    database: Database,
    condition: ColumnElement[bool],
    fact: type[CaseOverdue] | type[CaseDueSoon],
    now: datetime,
) -> int:
    async with database.sessions.begin() as session:
        waiting = select(Case).where(Case.state.not_in(CLOSED), condition).order_by(Case.due_at, Case.code)
        cases = (await session.scalars(waiting.limit(BATCH).with_for_update(skip_locked=True))).all()
        for case in cases:
            if fact is CaseOverdue:
                case.overdue_at = now
            else:
                case.reminded_at = now
            plan = (await queries.procedure_of(session, case)).plan()
            await record(session, fact(**case.says(plan, now), due_at=case.due_at))
    return len(cases)
