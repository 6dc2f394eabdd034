"""The desk gives a code by which the person standing there rates at the tablet."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from common.sealing import ring_of
from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.counter import OFFERED, VALID, RatedAtCounterError, RatingNotOfferedError, new_code
from qa.domain.rating import DossierNotRatedError, Phase
from qa.models import CounterCode, RatedDossier
from qa.queries.counter import rated_at_counter

Worn = Callable[[str], Awaitable[bool]]
"""Tells whether a code was tried often already."""


async def offer_rating(
    session: AsyncSession, dossier: RatedDossier, phase: Phase, now: datetime, *, worn: Worn
) -> tuple[str, datetime]:
    """Give a new code for a phase, and until when it works; one given before works no more.

    What `worn` says was tried often already is not given: somebody guesses there.

    Raises:
        DossierNotRatedError: it is not so far.
        RatingNotOfferedError: it ended too long ago, or nobody stood at the desk.
        RatedAtCounterError: it was rated there.

    Source: NB Đ.10.4; TN Đ.6.3; R-SAT-01
    """
    if dossier.ended(phase)[0] is None:
        raise DossierNotRatedError
    if not dossier.offered(phase, now):
        raise RatingNotOfferedError(hours=int(OFFERED.total_seconds() // 3600))
    if phase in await rated_at_counter(session, dossier.code):
        raise RatedAtCounterError
    place, until = {"dossier": dossier.code, "phase": phase.value}, now + VALID
    while True:
        if await worn(code := new_code()):
            continue
        mark = CounterCode.marked(code, ring_of(session))
        await session.execute(delete(CounterCode).filter_by(**place))
        given = insert(CounterCode).values(mark=mark, until=until, **place).on_conflict_do_nothing()
        if await session.scalar(given.returning(CounterCode.mark)):
            return code, until
