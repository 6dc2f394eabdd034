"""End an absence before its last day: the officer is back, or never went."""

import uuid
from datetime import datetime

from common.errors import NotFoundError
from common.outbox import record
from common.security import Caller
from regulation.roles import Right, who_may
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from processing.models import Absence
from processing.queries import absences


async def end_absence(
    session: AsyncSession, caller: Caller, agency: str, absence_id: uuid.UUID, now: datetime
) -> Absence:
    """Note who ended an absence and when; a second word changes nothing.

    Raises:
        NotFoundError: no such absence in the caller's agency, or of an officer out of his reach.
        ForbiddenError: it is somebody else's, and the caller assigns no dossiers.

    Source: BD Đ.14.5; R-INT-21
    """
    here = select(Absence).where(Absence.id == absence_id, Absence.agency == agency)
    kept = await session.scalar(here.with_for_update())
    if kept is None or caller.agency != agency:
        raise NotFoundError(absence=str(absence_id))
    if kept.officer_id != caller.subject:
        caller.require(*who_may(Right.ASSIGN_DOSSIER))
        if kept.ended_at is None and kept.id not in await absences.endable(session, [kept], caller):
            raise NotFoundError(absence=str(absence_id))
    if kept.ended_at is None:
        kept.ended_by, kept.ended_at = caller.subject, now
        await session.flush()
        await record(session, kept.told(now))
    return kept
