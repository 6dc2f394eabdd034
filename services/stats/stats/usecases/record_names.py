"""Keep the names that figures are shown under."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from common.copies import keep_newest
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from stats.models import Agency, Field


async def record_agency(session: AsyncSession, told: Mapping[str, Any], version: int) -> None:
    """Keep the newest description of an agency; `told` holds the columns."""
    await keep_newest(session, Agency, told, version=version)


async def record_field(session: AsyncSession, code: str, name: str, seen_at: datetime) -> None:
    """Keep the name that was published last: a field has no version of its own, procedures carry its name."""
    statement = insert(Field).values(code=code, name=name, seen_at=seen_at)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[Field.code],
            set_={"name": statement.excluded.name, "seen_at": statement.excluded.seen_at},
            where=Field.seen_at < statement.excluded.seen_at,
        )
    )
