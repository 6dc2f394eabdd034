"""Remind applicants of supplement requests they left unanswered."""

from datetime import datetime

from common.outbox import record
from regulation.states import State
from regulation.zone import local_day
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.actors import SYSTEM
from intake.domain.life_cycle import Action
from intake.events import DossierSupplementReminded
from intake.models import Dossier, SupplementRequest


async def remind_supplements(session: AsyncSession, now: datetime, limit: int = 500) -> int:
    """Remind once after the last day; nothing closes by itself, that stays with an officer.

    Source: R-INT-19; `intake.supplement_wait_days`
    """
    waiting = (
        select(SupplementRequest, Dossier)
        .join(Dossier, Dossier.code == SupplementRequest.dossier_code)
        .where(
            SupplementRequest.answered_at.is_(None),
            SupplementRequest.reminded_at.is_(None),
            SupplementRequest.answer_by_on < local_day(now),
            Dossier.state == State.SUPPLEMENT_REQUESTED,
        )
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    found = (await session.execute(waiting)).tuples().all()
    for request, dossier in found:
        dossier.take(Action.REMIND, SYSTEM, now, details={"number": request.number})
        request.reminded_at = now
    await session.flush()
    await record(session, *(_fact(dossier, request, now) for request, dossier in found))
    return len(found)


def _fact(dossier: Dossier, request: SupplementRequest, now: datetime) -> DossierSupplementReminded:
    return DossierSupplementReminded(
        **dossier.facts(), number=request.number, reminded_at=now, answer_by_on=request.answer_by_on
    )
