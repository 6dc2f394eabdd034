"""Keep a published procedure version, whole and for ever."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.procedure import read_procedure
from intake.models import ProcedureVersion


async def keep_procedure(session: AsyncSession, content: Mapping[str, Any]) -> None:
    """Write the version down; one that is there already stays as it is."""
    read_procedure(content)  # a version that cannot be read must not get in
    until = content.get("effective_to")
    await session.execute(
        insert(ProcedureVersion)
        .values(
            code=content["code"],
            version=content["version"],
            name=content["name"],
            name_en=content.get("name_en"),
            effective_from=date.fromisoformat(str(content["effective_from"])),
            effective_to=date.fromisoformat(str(until)) if until else None,
            content=dict(content),
        )
        .on_conflict_do_nothing()
    )
