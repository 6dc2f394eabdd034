"""Keep the names that figures are shown under."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from stats.models import Agency, Field


class AgencyFacts(NamedTuple):
    """An agency as the catalogue describes it in one version."""

    code: str
    version: int
    name: str
    name_en: str | None
    level: str
    kind: str
    parent: str | None


async def record_agency(session: AsyncSession, facts: AgencyFacts) -> None:
    """Keep the newest description of an agency; an older one changes nothing."""
    statement = insert(Agency).values(**facts._asdict())
    newest = {name: statement.excluded[name] for name in facts._fields if name != "code"}
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[Agency.code], set_=newest, where=Agency.version < statement.excluded.version
        )
    )


async def record_field(session: AsyncSession, code: str, name: str, seen_at: datetime) -> None:
    """Keep the newest name of a field."""
    statement = insert(Field).values(code=code, name=name, seen_at=seen_at)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=[Field.code],
            set_={"name": statement.excluded.name, "seen_at": statement.excluded.seen_at},
            where=Field.seen_at < statement.excluded.seen_at,
        )
    )
