"""Keep what notices mention, in its newest version: agencies, procedures, and whose dossier it is."""

from collections.abc import Mapping
from typing import Any

from common.copies import keep_newest
from sqlalchemy.ext.asyncio import AsyncSession

from notify.models import Agency, Dossier, Procedure


async def keep_agency(session: AsyncSession, told: Mapping[str, Any], version: int) -> None:
    """Write name and desk of an agency; `told` holds the columns."""
    await keep_newest(session, Agency, told, version=version)


async def keep_procedure(session: AsyncSession, told: Mapping[str, Any], version: int) -> None:
    """Add a published version beside the older ones; one that is there already stays as it is."""
    await keep_newest(session, Procedure, told, version=version)


async def keep_dossier(session: AsyncSession, told: Mapping[str, Any], version: int) -> None:
    """Write the columns a fact speaks of; a due time that is known stays when the fact has none."""
    await keep_newest(session, Dossier, told, version=version)
