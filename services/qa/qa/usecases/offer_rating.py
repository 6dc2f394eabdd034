"""The desk gives a code by which the person standing there rates at the tablet."""

from datetime import datetime

from common.sealing import ring_of
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.counter import OFFERED, VALID, RatedAtCounterError, RatingNotOfferedError, new_code
from qa.domain.rating import DossierNotRatedError, Phase
from qa.models import CounterCode, RatedDossier
from qa.queries.counter import rated_at_counter


async def offer_rating(
    session: AsyncSession, dossier: RatedDossier, phase: Phase, now: datetime
) -> tuple[str, datetime]:
    """Give a new code for a phase, and until when it works; one given before works no more.

    Raises:
        DossierNotRatedError: it is not so far.
        RatingNotOfferedError: it ended too long ago.
        RatedAtCounterError: it was rated there.

    Source: NB Đ.10.4; TN Đ.6.3; R-SAT-01
    """
    ended_at, _ = dossier.ended(phase)
    if ended_at is None:
        raise DossierNotRatedError
    if now > ended_at + OFFERED:
        raise RatingNotOfferedError
    if phase in await rated_at_counter(session, dossier.code):
        raise RatedAtCounterError
    code, until = new_code(), now + VALID
    told = {"mark": CounterCode.marked(code, ring_of(session)), "until": until}
    given = insert(CounterCode).values(dossier=dossier.code, phase=phase.value, **told)
    await session.execute(given.on_conflict_do_update(index_elements=["dossier", "phase"], set_=told))
    return code, until
