"""Learn one fact about a dossier."""

from typing import NamedTuple

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from stats.domain.story import Fact
from stats.models import Dossier, Wait


class Place(NamedTuple):
    """Where a dossier counts: receiving point, competent agency, field, channel and procedure."""

    agency: str
    competent_agency: str
    field: str
    channel: str
    procedure_code: str


UNKNOWN = Place("", "", "", "", "")


async def record_fact(session: AsyncSession, code: str, fact: Fact, place: Place | None) -> None:
    """Add a fact to a dossier's story; the same fact twice, or facts out of order, end in the same story.

    `place` is missing when the announcer does not know it (processing); the receiving service's fact fills it in.
    """
    await _ensure(session, code, fact)
    dossier = await session.get_one(Dossier, code, with_for_update=True)
    if place is not None:
        for name, value in place._asdict().items():
            setattr(dossier, name, value)
    story = dossier.learn(fact)
    await session.flush()
    await session.execute(delete(Wait).where(Wait.code == code))
    session.add_all(Wait(code=code, since_at=pause.since, until_at=pause.until) for pause in story.pauses)
    await session.flush()


async def _ensure(session: AsyncSession, code: str, fact: Fact) -> None:
    """Make sure the row exists, however many handlers learn of the dossier at once."""
    await session.execute(
        insert(Dossier)
        .values(code=code, facts=[], received_at=fact.at, **UNKNOWN._asdict())
        .on_conflict_do_nothing()
    )
