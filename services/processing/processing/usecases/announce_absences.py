"""Tell again who is away and who stands in, for a service that begins later."""

import uuid
from collections.abc import Sequence

from common.announcing import Told
from sqlalchemy import select, true
from sqlalchemy.ext.asyncio import AsyncSession

from processing.models import Absence


async def announce_absences(session: AsyncSession, after: str, limit: int) -> Sequence[Told]:
    """Return the next absences after an id, each with the fact of how it stands. Source: R-INT-21"""
    later = Absence.id > uuid.UUID(after) if after else true()
    rows = await session.scalars(select(Absence).where(later).order_by(Absence.id).limit(limit))
    return [Told(str(one.id), [one.told(one.ended_at or one.recorded_at)]) for one in rows]
