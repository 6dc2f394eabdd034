"""Keep an agency's name for the heading of documents."""

from sqlalchemy.ext.asyncio import AsyncSession

from processing.models import Agency


async def keep_agency(session: AsyncSession, code: str, version: int, name: str, parent: str | None) -> None:
    """Write the newest name; an older announcement changes nothing."""
    row = await session.get(Agency, code, with_for_update=True)
    if row is None:
        row = Agency(code=code, version=0)
        session.add(row)
    if version > row.version:
        row.version, row.name, row.parent = version, name, parent
    await session.flush()
