"""Keep an officer's name, place and roles as identity announces them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from processing.models import Officer


@dataclass(frozen=True)
class OfficerFacts:
    """What processing keeps of an officer."""

    id: str
    version: int
    display_name: str
    agency: str
    unit: str | None
    roles: list[str]
    scope: str | None
    active: bool


async def keep_officer(session: AsyncSession, facts: OfficerFacts, at: datetime) -> None:
    """Write the newest facts announced `at`; an older announcement changes nothing."""
    row = await session.get(Officer, facts.id, with_for_update=True)
    if row is None:
        row = Officer(id=facts.id, version=0, last_seen_at=at)
        session.add(row)
    if facts.version <= row.version:
        return
    row.version, row.display_name, row.agency = facts.version, facts.display_name, facts.agency
    row.unit, row.roles, row.scope, row.active = facts.unit, facts.roles, facts.scope, facts.active
    await session.flush()
