"""Dossiers that the desk offers to rate, and the codes that were given out."""

from datetime import datetime

from common.conditions import matching
from common.sealing import ring_of
from regulation.roles import Holder, Right, view
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.counter import CounterCodeUnknownError
from qa.domain.rating import DossierNotRatedError, Side
from qa.models import CounterCode, RatedDossier, Rating


async def dossier_to_offer(session: AsyncSession, who: Holder, code: str) -> RatedDossier:
    """Return a dossier of the officer's desk. Raises: DossierNotRatedError."""
    reach = matching(view(Right.OFFER_RATING, who).alternatives(), agency=RatedDossier.receiving_point)
    found = await session.scalar(select(RatedDossier).where(RatedDossier.code == code, reach))
    if found is None:
        raise DossierNotRatedError
    return found


async def rated_at_counter(session: AsyncSession, code: str) -> frozenset[str]:
    """Return the phases of a dossier that were rated at the counter."""
    rows = await session.scalars(
        select(Rating.phase).where(Rating.dossier == code, Rating.side == Side.COUNTER)
    )
    return frozenset(rows)


async def code_given(session: AsyncSession, typed: str, now: datetime) -> CounterCode:
    """Return what a code is for. Raises: CounterCodeUnknownError."""
    mark = CounterCode.marked(typed, ring_of(session))
    found = await session.scalar(
        select(CounterCode).where(CounterCode.mark == mark, CounterCode.until >= now)
    )
    if found is None:
        raise CounterCodeUnknownError(field="code")
    return found


async def code_used(session: AsyncSession, typed: str, now: datetime) -> tuple[str, str]:
    """Take a code away and return its dossier and phase; of two who use it at once one does.

    Raises: CounterCodeUnknownError.
    """
    mark = CounterCode.marked(typed, ring_of(session))
    taken = await session.execute(
        delete(CounterCode)
        .where(CounterCode.mark == mark, CounterCode.until >= now)
        .returning(CounterCode.dossier, CounterCode.phase)
    )
    found = taken.one_or_none()
    if found is None:
        raise CounterCodeUnknownError(field="code")
    return found.dossier, found.phase
