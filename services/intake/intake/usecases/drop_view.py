"""Drop a view that an officer keeps no more."""

import uuid

from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from intake.queries.saved_views import own_view


async def drop_view(session: AsyncSession, caller: Caller, view_id: uuid.UUID) -> None:
    """Remove a view of the caller. Raises: SavedViewNotFoundError."""
    await session.delete(await own_view(session, caller, view_id))
    await session.flush()
