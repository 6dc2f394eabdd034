"""Give the dossiers of an agency to another instance, from a moment on."""

from datetime import datetime

from common.outbox import record
from regulation.instances import ALWAYS, Turn, begins_at, holder_words, settled_by
from regulation.zone import local_day
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from processing.domain.errors import NotOursToGiveError
from processing.events import AbsenceHeld, AgencyHandedOver, Series
from processing.models import KeptTurn
from processing.queries import absences, instances


async def begin_hand_over(session: AsyncSession, agency: str, to: str, instance: str, now: datetime) -> Turn:
    """Note and announce that `to`, and no more this `instance`, settles an agency's dossiers; return the turn.

    Number series go along, so that no number is given twice, and who is away. Begun before, it changes
    nothing: what is left is handed over by the job that looks after every turn.

    Raises:
        NotOursToGiveError: another instance settles them.

    Source: decision 0048
    """
    await session.execute(instances.ALONE)
    kept = (await session.scalars(select(KeptTurn).where(KeptTurn.agency == agency))).all()
    holder = settled_by(agency, ALWAYS, await instances.turns(session))
    if holder == to and kept:
        return max((one.read() for one in kept), key=lambda turn: turn.at)
    if holder != instance or to == instance:
        raise NotOursToGiveError(agency=agency, **holder_words(holder))
    at, number = begins_at(now, [one.at for one in kept]), len(kept) + 1
    session.add(KeptTurn(agency=agency, at=at, holder=to, number=number))
    codes = await instances.sub_tree(session, agency)
    series = await instances.series_of(session, codes)
    away = await absences.of_agencies(session, codes, local_day(now))
    told = [Series(agency=one.agency, year=one.year, last=one.last) for one in series]
    fact = AgencyHandedOver(
        aggregate_id=agency,
        aggregate_version=number,
        agency=agency,
        occurred_at=now,
        to=to,
        at=at,
        series=told,
        absences=tuple(AbsenceHeld.model_validate(vars(one) | {"id": str(one.id)}) for one in away),
    )
    await record(session, fact)
    return Turn(agency, at, to)
