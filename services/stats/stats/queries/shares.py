"""How each agency's dossiers came and were finished in a period, as shares that agencies are evaluated by."""

from typing import NamedTuple

from regulation.channels import Channel
from regulation.lateness import Period
from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from stats.domain.story import Closing
from stats.models import Dossier, Wait


class AgencyShares(NamedTuple):
    """Counts of one receiving agency: what came in the period, and what was finished in it."""

    agency: str
    received: int
    online: int
    supplemented: int
    finished: int
    in_time: int


async def agency_shares(session: AsyncSession, period: Period) -> list[AgencyShares]:
    """Count per receiving agency, in the order of the codes: each its own dossiers, not those of agencies below it.

    Source: NB Đ.22.1; BD Đ.13.6; QT Đ.23; R-SAT-04; R-STA-19
    """
    came = and_(Dossier.received_at >= period.starts_at, Dossier.received_at < period.ends_at)
    ended = and_(Dossier.closed_at >= period.starts_at, Dossier.closed_at < period.ends_at)
    waited = exists().where(Wait.code == Dossier.code)
    counted = (
        came,
        and_(came, Dossier.channel == Channel.ONLINE),
        and_(came, waited),
        and_(ended, Dossier.closing != Closing.WITHDRAWN),
        and_(ended, Dossier.closing.in_((Closing.EARLY, Closing.ON_TIME))),
    )
    rows = await session.execute(
        select(Dossier.agency, *(func.count().filter(test) for test in counted))
        .where(or_(came, ended), Dossier.agency != "")
        .group_by(Dossier.agency)
        .order_by(Dossier.agency)
    )
    return [AgencyShares(*row) for row in rows]
