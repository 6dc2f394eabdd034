"""Rename a view that an officer keeps."""

import uuid

from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.saved_views import SavedViewNameTakenError
from intake.models import SavedView
from intake.queries.saved_views import name_taken, own_view, view_count


async def rename_view(session: AsyncSession, caller: Caller, view_id: uuid.UUID, name: str) -> SavedView:
    """Give a view of the caller another name. Raises: SavedViewNotFoundError, SavedViewNameTakenError."""
    view = await own_view(session, caller, view_id)
    await view_count(session, caller)
    if await name_taken(session, caller, name, besides=view_id):
        raise SavedViewNameTakenError(field="name", rule="unique", name=name)
    view.name = name
    await session.flush()
    return view
