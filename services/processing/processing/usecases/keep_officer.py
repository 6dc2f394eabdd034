"""Keep an officer's name, place and roles as identity announces them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from common.copies import keep_newest
from sqlalchemy.ext.asyncio import AsyncSession

from processing.models import Officer


async def keep_officer(session: AsyncSession, told: Mapping[str, Any], version: int, at: datetime) -> None:
    """Write the newest facts announced `at`; who is new here counts as seen at that instant."""
    await keep_newest(session, Officer, told, version=version, first={"last_seen_at": at})
