"""Give agencies with an instance of their own what is theirs to answer, and give it back."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Final

from common.database import Database
from regulation.instances import PROVINCE, Turn
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.states import WITH_AGENCY
from qa.models import Before, Question, lend, tell_province
from qa.queries.handing import to_be_lent, whereabouts

BATCH: Final = 200
Told = Callable[[int], None]


async def lend_questions(
    database: Database, turns: Collection[Turn], now: datetime, told: Told = lambda _: None
) -> int:
    """Lend every open question to the instance whose turn has begun; return how many went.

    Each batch is one transaction. Killed between two, it goes on with what is left. `told` hears how many went so far.

    Source: decision 0068
    """
    async with database.sessions() as session:
        given = await to_be_lent(session, turns, now)
    total = 0
    for holder, codes in given.items():
        while count := await _batch(database, holder, codes, now):
            total += count
            told(total)
    return total


async def _batch(database: Database, holder: str, agencies: Sequence[str], now: datetime) -> int:
    async with database.sessions.begin() as session:
        waiting = await _with_agencies(session, PROVINCE, agencies)
        for question in waiting:
            await lend(session, question, holder, now)
    return len(waiting)


async def give_back(database: Database, instance: str, now: datetime, told: Told = lambda _: None) -> int:
    """Give every open question back to the province, with draft and clocks as they are; return how many went.

    Source: decision 0068
    """
    total = 0
    while True:
        async with database.sessions.begin() as session:
            had = await _with_agencies(session, instance, None)
            for question in had:
                await tell_province(session, question, instance, Before.of(question), now, back=True)
        if not had:
            return total
        total += len(had)
        told(total)


async def _with_agencies(
    session: AsyncSession, place: str, agencies: Sequence[str] | None
) -> Sequence[Question]:
    """Hold the next open questions that are at a place; what an officer changes now is waited for."""
    here = select(Question).where(Question.state.in_(sorted(WITH_AGENCY)), whereabouts() == place)
    if agencies is not None:
        here = here.where(Question.agency.in_(agencies))
    return (await session.scalars(here.order_by(Question.number).limit(BATCH).with_for_update())).all()
