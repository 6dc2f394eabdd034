"""Learn facts about dossiers."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from common.copies import put
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from stats.domain.story import UNKNOWN, Fact, Story, tell
from stats.models import Dossier, KeptFact, Wait


async def record_facts(session: AsyncSession, told: Sequence[tuple[str, Fact]]) -> None:
    """Add facts to the stories of their dossiers, each with the dossier's code.

    The same fact twice, or facts out of order, end in the same story.
    """
    rows = [{**fact._asdict(), "code": code, "place": fact.placed()} for code, fact in told]
    codes = {key.code for key in await put(session, KeptFact, rows, there="stays")}
    await _lock(session, {code: fact for code, fact in told if code in codes})
    stories = {code: tell(facts) for code, facts in (await _kept(session, codes)).items()}
    await _follow(session, stories)


async def _lock(session: AsyncSession, facts: Mapping[str, Fact]) -> None:
    """Make sure each row exists and is ours alone, however many handlers learn of a dossier at once."""
    begun = [{"code": code, "received_at": facts[code].at, **UNKNOWN._asdict()} for code in sorted(facts)]
    await put(session, Dossier, begun, there="stays")
    ours = select(Dossier.code).where(Dossier.code.in_(facts)).order_by(Dossier.code)
    await session.execute(ours.with_for_update())


async def _kept(session: AsyncSession, codes: Collection[str]) -> Mapping[str, list[Fact]]:
    kept: dict[str, list[Fact]] = defaultdict(list)
    for row in await session.scalars(select(KeptFact).where(KeptFact.code.in_(codes))):
        kept[row.code].append(row.as_fact())
    return kept


async def _follow(session: AsyncSession, stories: Mapping[str, Story]) -> None:
    rows = [{"code": code, **Dossier.told(story)} for code, story in stories.items()]
    await put(session, Dossier, rows, there="replaced")
    await session.execute(delete(Wait).where(Wait.code.in_(stories)))
    await put(session, Wait, [wait for code, story in stories.items() for wait in Wait.told(code, story)])
