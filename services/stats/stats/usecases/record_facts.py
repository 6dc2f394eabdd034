"""Learn facts about dossiers."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from common.copies import put
from sqlalchemy import and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from stats.domain.story import UNKNOWN, Fact, Story, tell
from stats.models import Dossier, KeptFact, Wait


async def record_facts(session: AsyncSession, told: Sequence[tuple[str, Fact]]) -> None:
    """Add facts to the stories of their dossiers, each with the dossier's code.

    The same fact twice, or facts out of order, end in the same story.
    """
    rows = [KeptFact.told(code, fact) for code, fact in told]
    new = {tuple(key) for key in await put(session, KeptFact, rows, there="stays")}
    codes = {code for code, *_ in new} | await _handed(session, [row for row in rows if _key(row) not in new])
    await _lock(session, {code: fact for code, fact in told if code in codes})
    stories = {code: tell(facts) for code, facts in (await _kept(session, codes)).items()}
    await _follow(session, stories)


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["code"], row["type"], row["at"]


async def _handed(session: AsyncSession, repeated: Sequence[Mapping[str, Any]]) -> set[str]:
    """Add the hands to facts that were kept before a fact named them; return the codes of their dossiers."""
    codes: set[str] = set()
    for row in repeated:
        if row["unit"] is not None:
            kept = and_(KeptFact.code == row["code"], KeptFact.type == row["type"], KeptFact.at == row["at"])
            hands = {"unit": row["unit"], "officer_id": row["officer_id"]}
            bare = update(KeptFact).where(kept, KeptFact.unit.is_(None)).values(hands)
            codes.update(await session.scalars(bare.returning(KeptFact.code)))
    return codes


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
