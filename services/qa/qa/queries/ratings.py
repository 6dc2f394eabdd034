"""Ratings: one's own, the tasks of low ones, and figures that say nobody."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from common.conditions import matching
from common.errors import NotFoundError
from regulation.roles import Holder, Right, view
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.rating import DossierNotRatedError, Phase
from qa.models import RatedDossier, Rating


async def dossier_of(session: AsyncSession, account: str, code: str) -> RatedDossier:
    """Return a dossier that an account may rate. Raises: DossierNotRatedError."""
    found = await session.get(RatedDossier, code)
    if found is None or not found.of(account):
        raise DossierNotRatedError
    return found


async def ratings_of(session: AsyncSession, code: str) -> dict[str, Rating]:
    """Return the ratings of a dossier by phase."""
    rows = await session.scalars(select(Rating).where(Rating.dossier == code))
    return {row.phase: row for row in rows}


def _reach(who: Holder) -> ColumnElement[bool]:
    return matching(view(Right.FOLLOW_UP_RATING, who).alternatives(), agency=Rating.agency)


async def tasks(session: AsyncSession, who: Holder, *, state: str, limit: int) -> Sequence[Rating]:
    """Return the low ratings somebody has to follow up, oldest first. Source: R-SAT-05"""
    waiting = select(Rating).where(Rating.task_state == state, _reach(who))
    return (await session.scalars(waiting.order_by(Rating.given_at, Rating.id).limit(limit))).all()


async def task(session: AsyncSession, who: Holder, id_: uuid.UUID) -> Rating:
    """Return the task of a low rating. Raises: NotFoundError."""
    found = await session.scalar(
        select(Rating).where(Rating.id == id_, Rating.task_state != "none", _reach(who))
    )
    if found is None:
        raise NotFoundError
    return found


async def sums(
    session: AsyncSession, phase: Phase, since: datetime, before: datetime
) -> list[tuple[str, int, float, float]]:
    """Return by agency how many rated a phase in a time and what their marks add up to."""
    rows = await session.execute(
        select(Rating.agency, func.count(), func.sum(Rating.progress), func.sum(Rating.quality))
        .where(Rating.phase == phase, Rating.given_at >= since, Rating.given_at < before)
        .group_by(Rating.agency)
    )
    return [(agency, count, float(progress), float(quality)) for agency, count, progress, quality in rows]
