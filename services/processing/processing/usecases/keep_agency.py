"""Keep an agency's name for the heading of documents, and until when there is one."""

from datetime import date

from common.copies import keep_newest
from sqlalchemy.ext.asyncio import AsyncSession

from processing.models import Agency


async def keep_agency(
    session: AsyncSession, code: str, version: int, *, name: str, parent: str | None, valid_to: date | None
) -> None:
    """Write the newest name; an older announcement changes nothing."""
    told = {"code": code, "name": name, "parent": parent, "valid_to": valid_to}
    await keep_newest(session, Agency, told, version=version)
