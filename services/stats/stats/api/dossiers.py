"""The dossiers behind a figure, for officers who may see them."""

from datetime import datetime
from typing import Annotated

from common.api import CallerDep, NowDep, SessionDep
from common.api.deps import only_for
from common.errors import ForbiddenError
from common.security import Caller
from fastapi import APIRouter, Query
from pydantic import BaseModel
from regulation.codes.agency import LONGEST
from regulation.lateness import Cycle, period_of
from regulation.roles import Reach, Right, view, who_may
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


def visible_agency(caller: Caller, asked: str | None) -> str | None:
    """Return the agency whose dossiers the caller may list; nothing stands for the whole province.

    Raises: ForbiddenError for callers without the right, or whose scope is smaller than their agency.
    """
    seen = view(Right.DRILL_DOWN, caller)
    if seen.reach < Reach.AGENCY:
        raise ForbiddenError
    return asked if seen.reach is Reach.PROVINCE or (asked and seen.reaches(asked)) else caller.agency


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
    """Return the dossiers that the running period accounts for, oldest first."""
    running = period_of(local_day(now), Cycle(period.value))
    only = Filter(agency=visible_agency(caller, agency))
    found = await queries.drill_down(session, running.starts_at, running.ends_at, only, limit)
    return [DossierRowOut(code=code, received_at=at, closing=closing) for code, at, closing in found]
