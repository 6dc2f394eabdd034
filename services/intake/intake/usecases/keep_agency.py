"""Keep what the catalogue tells about an agency."""

from collections.abc import Mapping
from typing import Any

from common.copies import keep_newest
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import Agency


async def keep_agency(session: AsyncSession, told: Mapping[str, Any], version: int) -> None:
    """Write the agency down unless something newer is known already; `told` holds the columns."""
    await keep_newest(session, Agency, told, version=version)
