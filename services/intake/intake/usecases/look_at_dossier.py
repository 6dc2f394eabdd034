"""Look at a dossier; an officer's look at somebody's is written down for its owner."""

from datetime import datetime

from common.security import Caller
from regulation.roles import Part, admission
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import Dossier, Glance, Look
from intake.queries.dossiers import reading_right, visible_dossier


async def look_at_dossier(
    session: AsyncSession, caller: Caller, code: str, part: Part, now: datetime
) -> Dossier:
    """Return a dossier the caller may open, and note the look in the same transaction.

    Raises:
        DossierNotFoundError: it does not exist or lies outside the caller's scope.

    Source: QT Đ.29.7; R-ACC-18; R-ACC-24
    """
    dossier = await visible_dossier(session, caller, code)
    if caller.is_officer and caller.subject not in (dossier.owner_id, dossier.submitter_id):
        role, ground = admission(reading_right(caller, dossier), caller)
        glance = Glance(code, caller.subject, part, caller.agency, caller.unit, role, ground)
        await session.execute(*Look.noting(glance, now))
    return dossier
