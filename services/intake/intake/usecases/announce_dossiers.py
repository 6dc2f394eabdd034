"""Tell the dossiers again, for a service that begins later than they did."""

from collections import defaultdict
from collections.abc import Sequence

from common.announcing import Told
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import RETOLD, Dossier, Step, SupplementRequest, retold


async def announce_dossiers(session: AsyncSession, after: str, limit: int) -> Sequence[Told]:
    """Return the next dossiers after a code, each with its story so far."""
    dossiers = select(Dossier).where(Dossier.code > after).order_by(Dossier.code).limit(limit)
    rows = (await session.scalars(dossiers)).all()
    codes = [row.code for row in rows]
    steps: defaultdict[str, list[Step]] = defaultdict(list)
    taken = (
        select(Step).where(Step.dossier_code.in_(codes), Step.action.in_(RETOLD)).order_by(Step.at, Step.id)
    )
    for step in await session.scalars(taken):
        steps[step.dossier_code].append(step)
    requests: defaultdict[str, dict[int, SupplementRequest]] = defaultdict(dict)
    for one in await session.scalars(
        select(SupplementRequest).where(SupplementRequest.dossier_code.in_(codes))
    ):
        requests[one.dossier_code][one.number] = one
    return [Told(row.code, retold(row, steps[row.code], requests[row.code])) for row in rows]
