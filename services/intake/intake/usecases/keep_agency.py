"""Keep what the catalogue tells about an agency."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import Agency


async def keep_agency(session: AsyncSession, told: Mapping[str, Any], version: int) -> None:
    """Write the agency down unless something newer is known already; `told` holds the columns."""
    values = {**told, "seen_version": version}
    statement = insert(Agency).values(**values)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["code"],
            set_={name: statement.excluded[name] for name in values if name != "code"},
            where=Agency.seen_version < version,
        )
    )
