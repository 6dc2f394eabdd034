"""Keep the name of an officer, for the lines he writes."""

from common.copies import keep_newest
from sqlalchemy.ext.asyncio import AsyncSession

from registers.models import Officer


async def keep_officer(session: AsyncSession, officer: str, name: str, version: int) -> None:
    """Keep the newest name of an account."""
    await keep_newest(session, Officer, {"id": officer, "name": name}, version=version)
