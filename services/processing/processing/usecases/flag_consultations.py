"""Remind of opinions that are due soon and note those that did not come in time, each once."""

from datetime import datetime

from common.database import Database
from common.outbox import record
from sqlalchemy import ColumnElement, and_, select, update

from processing import queries
from processing.events import ConsultationDueSoon, ConsultationLapsed
from processing.models import Consultation, Dossier
from processing.queries import consultations

BATCH = 200


async def flag_consultations(database: Database, now: datetime) -> int:
    """Announce every reminder and every opinion that did not come in time; return how many.

    Source: requirements §0.3.2; TN Đ.11.4.d; R-PRC-07
    """
    late = and_(Consultation.lapsed_at.is_(None), Consultation.due_at < now)
    soon = and_(Consultation.reminded_at.is_(None), Consultation.soon_at <= now, Consultation.due_at >= now)
    return await _flag(database, late, ConsultationLapsed, now) + await _flag(
        database, soon, ConsultationDueSoon, now
    )


async def _flag(
    database: Database,
    condition: ColumnElement[bool],
    fact: type[ConsultationDueSoon] | type[ConsultationLapsed],
    now: datetime,
) -> int:
    async with database.sessions.begin() as session:
        waits = (Consultation.answered_at.is_(None), Consultation.withdrawn_at.is_(None))
        waiting = (
            select(Consultation, Dossier)
            .join(Dossier, Dossier.code == Consultation.dossier_code)
            .where(*waits, Dossier.closed_at.is_(None), condition)
            .order_by(Consultation.due_at, Consultation.id)
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        )
        found = (await session.execute(waiting)).tuples().all()
        for asked, dossier in found:
            setattr(asked, "lapsed_at" if fact is ConsultationLapsed else "reminded_at", now)
            # A statement, not a change of the row: nobody's page grows stale by a reminder.
            one_more = {"announced": Dossier.announced + 1}
            await session.execute(update(Dossier).where(Dossier.code == dossier.code).values(one_more))
            await session.refresh(dossier)
            plan = (await queries.procedure_of(session, dossier)).steps
            tell = [one.id for one in await consultations.answerers(session, asked.agency, asked.unit)]
            await record(session, fact(**dossier.present(plan, now), **asked.told, tell=tell))
    return len(found)
