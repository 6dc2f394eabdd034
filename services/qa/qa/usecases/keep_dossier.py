"""Keep whose dossier it is and how far it came, for its rating."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import case, func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from qa.models import RatedDossier

_ONCE = ("accepted_at", "returned_at", "accepted_at_desk", "returned_at_desk")
"""What happened once: an older fact that comes late still tells when."""


async def keep_dossier(session: AsyncSession, told: Mapping[str, Any], version: int) -> None:
    """Write the newest facts; when it was received and handed over is kept whatever came first."""
    here = RatedDossier.__table__.c
    statement = insert(RatedDossier).values(**told, version=version)
    new = statement.excluded
    newer = new.version > here.version

    def kept(name: str) -> Any:
        otherwise = func.coalesce(here[name], new[name]) if name in _ONCE else here[name]
        return case((newer, new[name]), else_=otherwise)

    written = {name: kept(name) for name in (*told, "version") if name != "code"}
    await session.execute(statement.on_conflict_do_update(index_elements=["code"], set_=written))
