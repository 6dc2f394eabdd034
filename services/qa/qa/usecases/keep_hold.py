"""Keep what identity tells of a decision that something is not erased."""

from common.copies import keep_newest
from sqlalchemy.ext.asyncio import AsyncSession

from qa.models import Hold


async def keep_hold(session: AsyncSession, hold_id: str, version: int, **told: str | bool) -> None:
    """Write the hold down unless something newer is known already."""
    await keep_newest(session, Hold, {"id": hold_id, **told}, version=version)
