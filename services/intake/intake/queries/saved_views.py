"""The ways of looking at the queues that an officer keeps."""

import uuid
from collections.abc import Sequence

from common.security import Caller
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.saved_views import SavedViewNotFoundError
from intake.models import SavedView


async def views_of(session: AsyncSession, caller: Caller) -> Sequence[SavedView]:
    """Return the caller's own views, the oldest first: they keep their places."""
    mine = select(SavedView).where(SavedView.owner_id == caller.subject)
    return (await session.scalars(mine.order_by(SavedView.saved_at, SavedView.id))).all()


async def view_count(session: AsyncSession, caller: Caller) -> int:
    """Count the caller's views; who counts at the same time waits until this transaction ends."""
    await session.execute(
        text("select pg_advisory_xact_lock(hashtext('saved_view'), hashtext(:who))"), {"who": caller.subject}
    )
    mine = select(func.count()).select_from(SavedView).where(SavedView.owner_id == caller.subject)
    return await session.scalar(mine) or 0


async def own_view(session: AsyncSession, caller: Caller, view_id: uuid.UUID) -> SavedView:
    """Return a view of the caller. Raises: SavedViewNotFoundError."""
    mine = select(SavedView).where(SavedView.id == view_id, SavedView.owner_id == caller.subject)
    found: SavedView | None = await session.scalar(mine.with_for_update())
    if found is None:
        raise SavedViewNotFoundError
    return found


async def name_taken(
    session: AsyncSession, caller: Caller, name: str, besides: uuid.UUID | None = None
) -> bool:
    """Tell whether another view of the caller has a name."""
    same = select(SavedView.id).where(SavedView.owner_id == caller.subject, SavedView.name == name)
    found = await session.scalar(same)
    return found is not None and found != besides
