"""Look at a dossier under handling; its owner is told who looked, when and why."""

from datetime import datetime

from common.outbox import record
from regulation.roles import Part
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.models import Dossier
from processing.queries import Target


async def look_at_dossier(session: AsyncSession, target: Target, now: datetime) -> Dossier:
    """Return a dossier in the caller's scope and announce the look.

    Raises:
        NotFoundError: it does not exist or lies outside the scope.

    Source: QT Đ.29.7; R-ACC-18; R-ACC-24
    """
    dossier = await queries.dossier_in_scope(session, target)
    await record(session, dossier.looked_at(Part.HANDLING, target.caller, now))
    return dossier
