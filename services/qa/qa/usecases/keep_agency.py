"""Keep what the catalogue tells of an agency."""

from collections.abc import Mapping
from typing import Any

from common.copies import keep_newest
from sqlalchemy.ext.asyncio import AsyncSession

from qa.models import Agency


async def keep_agency(session: AsyncSession, told: Mapping[str, Any], version: int) -> None:
    """Write the newest facts; what an agency that ended has in hand is taken back by the clock."""
    await keep_newest(session, Agency, told, version=version)
