"""Remind of dossiers that are due soon and flag those that are overdue, each once."""

from datetime import datetime

from common.database import Database
from common.outbox import record
from regulation.zone import local_day
from sqlalchemy import ColumnElement, and_, select, update

from processing import queries
from processing.events import DossierDueSoon, DossierOverdue
from processing.models import Dossier
from processing.queries import absences

BATCH = 200


async def flag_deadlines(database: Database, now: datetime) -> int:
    """Announce every reminder and every passed due time that is not announced yet; return how many.

    What waits for its applicant is not due meanwhile; of who is away the substitute hears.

    Source: requirements §0.3.2; NB Đ.17.1.a; TN Đ.11.4.c; R-PRC-05; R-PRC-10; R-INT-21
    """
    late = and_(Dossier.overdue_at.is_(None), Dossier.due_at < now)
    soon = and_(Dossier.reminded_at.is_(None), Dossier.soon_at <= now, Dossier.due_at >= now)
    return await _flag(database, late, DossierOverdue, now) + await _flag(database, soon, DossierDueSoon, now)


async def _flag(
    database: Database,
    condition: ColumnElement[bool],
    fact: type[DossierOverdue] | type[DossierDueSoon],
    now: datetime,
) -> int:
    async with database.sessions.begin() as session:
        waiting = (
            select(Dossier.code)
            .where(Dossier.closed_at.is_(None), Dossier.paused_at.is_(None), condition)
            .order_by(Dossier.due_at, Dossier.code)
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        )
        # A statement, not a change of the row: the version is for what people edit, and nobody's page grows stale here.
        flagged = (
            update(Dossier)
            .where(Dossier.code.in_(waiting))
            .values({"overdue_at" if fact is DossierOverdue else "reminded_at": now})
            .values(announced=Dossier.announced + 1)
            .returning(Dossier)
        )
        dossiers = (await session.scalars(flagged)).all()
        standing_in = await absences.substitutes(session, {one.agency for one in dossiers}, local_day(now))
        for dossier in dossiers:
            plan = (await queries.procedure_of(session, dossier)).steps
            instead = standing_in.get(dossier.officer_id or "")
            told = fact(**dossier.present(plan, now), due_at=dossier.due_at, substitute_id=instead)
            await record(session, told)
    return len(dossiers)
