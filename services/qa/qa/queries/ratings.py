"""Ratings: one's own, the tasks of low ones, and figures that say nobody."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from common.conditions import matching
from common.errors import NotFoundError
from regulation.roles import Holder, Right, view
from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from qa.domain.rating import DossierNotRatedError, Phase, Side, Tally
from qa.models import RatedDossier, Rating
from qa.queries.pages import Order, Paged, page_of


async def dossier_of(session: AsyncSession, account: str, code: str) -> tuple[RatedDossier, Side]:
    """Return a dossier that an account may rate, and as what. Raises: DossierNotRatedError."""
    found = await session.get(RatedDossier, code)
    side = found.side_of(account) if found else None
    if found is None or side is None:
        raise DossierNotRatedError
    return found, side


async def ratings_of(session: AsyncSession, code: str, side: Side) -> dict[str, Rating]:
    """Return one side's ratings of a dossier by phase."""
    rows = await session.scalars(select(Rating).where(Rating.dossier == code, Rating.side == side))
    return {row.phase: row for row in rows}


async def rating_to_change(
    session: AsyncSession, place: Mapping[str, str], first: Mapping[str, Any]
) -> Rating:
    """Return the one rating of a dossier, phase and side, held for a change; the first time it begins as `first`."""
    begun = Rating.begun(**place, **first)
    await session.execute(insert(Rating).values(**begun).on_conflict_do_nothing())
    one = select(Rating).filter_by(**place).with_for_update()
    return (await session.scalars(one, execution_options={"populate_existing": True})).one()


def _reach(who: Holder) -> ColumnElement[bool]:
    return matching(view(Right.FOLLOW_UP_RATING, who).alternatives(), agency=Rating.agency)


_BY_DAY: Final = Order[Rating](
    (Rating.task_from, Rating.id), (date.fromisoformat, uuid.UUID), lambda one: (one.task_from, one.id)
)


async def tasks(
    session: AsyncSession, who: Holder, today: date, *, state: str, limit: int, cursor: str | None
) -> Paged[Rating]:
    """Return the low ratings to follow up, those of a day in an order that tells nothing. Source: R-SAT-05"""
    waiting = select(Rating).where(Rating.task_state == state, Rating.task_from <= today, _reach(who))
    return await page_of(session, waiting, _BY_DAY, limit=limit, cursor=cursor)


async def task(session: AsyncSession, who: Holder, today: date, id_: uuid.UUID) -> Rating:
    """Return the task of a low rating. Raises: NotFoundError."""
    there = (Rating.task_state != "none", Rating.task_from <= today)
    found = await session.scalar(select(Rating).where(Rating.id == id_, *there, _reach(who)))
    if found is None:
        raise NotFoundError
    return found


async def sums(session: AsyncSession, phase: Phase, since: datetime, before: datetime) -> list[Tally]:
    """Return by agency how many rated a phase in a time and what their marks add up to, one for each dossier.

    The owner's counts before the submitter's, and what was rated at the counter where neither of them rated.
    """
    other = aliased(Rating)
    same = (other.dossier == Rating.dossier, other.phase == Rating.phase)
    owned = exists().where(*same, other.side == Side.OWNER)
    proven = exists().where(*same, other.side != Side.COUNTER)
    counts = or_(
        Rating.side == Side.OWNER,
        and_(Rating.side == Side.SUBMITTER, ~owned),
        and_(Rating.side == Side.COUNTER, ~proven),
    )
    at_counter = func.count().filter(Rating.side == Side.COUNTER)
    rows = await session.execute(
        select(Rating.agency, func.count(), func.sum(Rating.progress), func.sum(Rating.quality), at_counter)
        .where(Rating.phase == phase, Rating.given_at >= since, Rating.given_at < before, counts)
        .group_by(Rating.agency)
    )
    return [Tally(agency, n, float(progress), float(quality), c) for agency, n, progress, quality, c in rows]
