"""How agencies serve by their dossiers in a period, for who evaluates them."""

from typing import Annotated

from common.api import NowDep, SessionDep
from common.api.deps import only_for
from fastapi import APIRouter, Query
from pydantic import BaseModel
from regulation.days import Day
from regulation.roles import Right, who_may
from regulation.zone import local_day

from stats import queries
from stats.domain.periods import Shown, chosen_period

router = APIRouter(prefix="/api/stats", tags=["statistics"])


class SharesOut(BaseModel):
    """Shares of one agency in percent with one decimal, each with the number of dossiers it is a share of."""

    agency: str
    name: str
    name_en: str | None
    received: int
    online_percent: float | None
    supplemented_percent: float | None
    finished: int
    in_time_percent: float | None


@router.get("/shares", dependencies=[only_for(who_may(Right.READ_EVALUATIONS))])
async def shares(
    session: SessionDep,
    now: NowDep,
    *,
    period: Annotated[Shown, Query()] = Shown.QUARTER,
    day: Annotated[Day | None, Query(description="any local day of the period; default: today")] = None,
) -> list[SharesOut]:
    """Return for each agency how many of its dossiers came online, were sent back for more, and were in time."""
    chosen = chosen_period(period, day or local_day(now), now)
    places = await queries.places(session)
    found = []
    for one in await queries.agency_shares(session, chosen):
        place = places.get(one.agency)
        found.append(
            SharesOut(
                agency=one.agency,
                name=place.name if place else one.agency,
                name_en=place.name_en if place else None,
                received=one.received,
                online_percent=_percent(one.online, one.received),
                supplemented_percent=_percent(one.supplemented, one.received),
                finished=one.finished,
                in_time_percent=_percent(one.in_time, one.finished),
            )
        )
    return found


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None
