"""How a desk officer hears of what arrives."""

from common.api import CallerDep, NowDep, SessionDep
from common.api.deps import only_for
from fastapi import APIRouter
from pydantic import BaseModel
from regulation.roles import Right, who_may

from notify.api.deps import BuiltDep
from notify.domain.arrivals import Arrivals
from notify.models import ArrivalChoice
from notify.usecases.choose_arrivals import choose_arrivals

router = APIRouter(
    prefix="/api/notify/own-arrivals",
    tags=["arrivals"],
    dependencies=[only_for(who_may(Right.CHECK_DOSSIER))],
)


class ChooseArrivalsBody(BaseModel):
    """At once, or in the morning's digest."""

    arrivals: Arrivals


class ArrivalsOut(BaseModel):
    """How the caller hears of arrivals, whether that was chosen, and how often at most it is told at once."""

    arrivals: Arrivals
    chosen: bool
    every_minutes: int


@router.get("")
async def show(caller: CallerDep, session: SessionDep, built: BuiltDep) -> ArrivalsOut:
    """Tell how the caller hears of what arrives at the desk."""
    own, rules = await session.get(ArrivalChoice, caller.subject), built.desks
    return ArrivalsOut(
        arrivals=Arrivals(own.arrivals) if own else rules.usual,
        chosen=own is not None,
        every_minutes=int(rules.every.total_seconds() // 60),
    )


@router.put("")
async def choose(
    body: ChooseArrivalsBody, caller: CallerDep, session: SessionDep, built: BuiltDep, now: NowDep
) -> ArrivalsOut:
    """Choose how to hear of what arrives at the desk."""
    await choose_arrivals(session, caller, body.arrivals, now)
    return ArrivalsOut(
        arrivals=body.arrivals, chosen=True, every_minutes=int(built.desks.every.total_seconds() // 60)
    )
