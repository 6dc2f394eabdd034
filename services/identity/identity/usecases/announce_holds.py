"""Tell again what decisions keep, for a service that begins later than they did."""

import uuid
from collections.abc import Sequence

from common.announcing import Told
from common.clock import utc_now
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from identity.models import Hold


async def announce_holds(session: AsyncSession, after: str, limit: int) -> Sequence[Told]:
    """Return the next holds after an id, those that ended too: a copy may still hold them."""
    found = select(Hold).order_by(Hold.id).limit(limit)
    if after:
        found = found.where(Hold.id > uuid.UUID(after))
    now = utc_now()
    return [Told(str(one.id), [one.changed(now)]) for one in await session.scalars(found)]
