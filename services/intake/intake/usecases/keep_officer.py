"""Keep an officer's name as identity tells it."""

from common.copies import keep_newest
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import Officer


async def keep_officer(session: AsyncSession, officer_id: str, name: str, version: int) -> None:
    """Write the name down unless something newer is known already."""
    await keep_newest(session, Officer, {"id": officer_id, "display_name": name}, version=version)
