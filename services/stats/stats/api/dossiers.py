"""The dossiers behind a figure, for officers who may see them."""

from datetime import datetime
from typing import Annotated

from common.api import CallerDep, NowDep, SessionDep
from common.api.deps import only_for
from fastapi import APIRouter, Query
from pydantic import BaseModel
from regulation.codes.agency import LONGEST
from regulation.lateness import Cycle, period_of
from regulation.roles import Right, who_may
from regulation.zone import local_day

from stats import queries
from stats.domain.periods import Shown
from stats.queries import Filter

router = APIRouter(prefix="/api/stats", tags=["statistics"])


class DossierRowOut(BaseModel):
    """One dossier of an account: its code, when it came, and how it left."""

    code: str
    received_at: datetime
    closing: str | None


@router.get("/dossiers", dependencies=[only_for(who_may(Right.DRILL_DOWN))])
async def dossiers(
    session: SessionDep,
    now: NowDep,
    caller: CallerDep,
    *,
    period: Shown = Shown.MONTH,
    agency: Annotated[str | None, Query(max_length=LONGEST)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> list[DossierRowOut]:
    """Return the dossiers in the caller's scope that the running period accounts for, oldest first."""
    running = period_of(local_day(now), Cycle(period.value))
    seen = queries.in_sight(caller)
    found = await queries.drill_down(session, seen, running, Filter(agency or None), limit)
    return [DossierRowOut(code=code, received_at=at, closing=closing) for code, at, closing in found]
