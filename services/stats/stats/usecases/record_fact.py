"""Learn one fact about a dossier."""

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from stats.domain.story import UNKNOWN, Fact, tell
from stats.models import Dossier, KeptFact, Wait


async def record_fact(session: AsyncSession, code: str, fact: Fact) -> None:
    """Add a fact to a dossier's story; the same fact twice, or facts out of order, end in the same story."""
    place = fact.place._asdict() if fact.place else None
    row = {**fact._asdict(), "code": code, "place": place}
    fresh = insert(KeptFact).values(**row).on_conflict_do_nothing().returning(KeptFact.code)
    if (await session.execute(fresh)).first() is None:
        return
    await _ensure(session, code, fact)
    dossier = await session.get_one(Dossier, code, with_for_update=True)
    kept = await session.scalars(select(KeptFact).where(KeptFact.code == code))
    story = tell(row.as_fact() for row in kept)
    dossier.follow(story)
    await session.execute(delete(Wait).where(Wait.code == code))
    session.add_all(dossier.waits(story))
    await session.flush()


async def _ensure(session: AsyncSession, code: str, fact: Fact) -> None:
    """Make sure the row exists, however many handlers learn of the dossier at once."""
    row = insert(Dossier).values(code=code, received_at=fact.at, **UNKNOWN._asdict())
    await session.execute(row.on_conflict_do_nothing())
