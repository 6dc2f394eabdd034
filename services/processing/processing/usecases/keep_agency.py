"""Keep an agency's name for the heading of documents."""

from common.copies import keep_newest
from sqlalchemy.ext.asyncio import AsyncSession

from processing.models import Agency


async def keep_agency(session: AsyncSession, code: str, version: int, name: str, parent: str | None) -> None:
    """Write the newest name; an older announcement changes nothing."""
    await keep_newest(session, Agency, {"code": code, "name": name, "parent": parent}, version=version)
