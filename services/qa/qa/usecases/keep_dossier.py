"""Keep whose dossier it is and how far it came, for its rating."""

from collections.abc import Mapping
from typing import Any

from common.copies import keep_newest
from sqlalchemy.ext.asyncio import AsyncSession

from qa.models import RatedDossier


async def keep_dossier(session: AsyncSession, told: Mapping[str, Any], version: int) -> None:
    """Write the newest facts; what an older one told stays where the newer says nothing of it."""
    await keep_newest(session, RatedDossier, told, version=version)
