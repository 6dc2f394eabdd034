"""Rating at the counter: the desk gives a code, and whoever stands at the tablet rates by it without an account."""

from datetime import datetime
from typing import Annotated

from common.api import CallerDep, IdempotencyDep
from common.api.deps import only_for
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from regulation.roles import Right, who_may

from qa import queries
from qa.api.deps import BuiltDep, VisitDep
from qa.api.ratings import Code, RateBody
from qa.domain.counter import SHOWN, CounterCodeUnknownError, spoken
from qa.domain.rating import Phase
from qa.models import RatedDossier
from qa.queries import counter as reads
from qa.usecases.offer_rating import offer_rating
from qa.usecases.rate_at_counter import rate_at_counter

router = APIRouter(prefix="/api/qa", tags=["counter"])
OFFER = [only_for(who_may(Right.OFFER_RATING))]


class OfferedPhaseOut(BaseModel):
    """A phase of a dossier: whether the desk may offer it, and whether it was rated at the counter."""

    phase: Phase
    label: str
    open: bool
    rated: bool


class OfferedOut(BaseModel):
    """What of a dossier the desk may offer to rate."""

    dossier: str
    phases: list[OfferedPhaseOut]


class CounterCodeOut(BaseModel):
    """A code for the tablet, told here and never again, and until when it works."""

    code: str
    phase: Phase
    label: str
    until: datetime


class CounterCodeBody(BaseModel):
    """The code the desk gave."""

    code: Annotated[str, Field(min_length=1, max_length=40)]


class CounterRateBody(CounterCodeBody, RateBody):
    """The code with marks and a comment."""


class CounterOut(BaseModel):
    """What a code is for: phase, agency, and the end of the dossier's code."""

    phase: Phase
    label: str
    agency_name: str
    dossier_end: str
    until: datetime


class CounterRatedOut(BaseModel):
    """The rating was taken."""

    rated: bool


async def _typed(built: BuiltDep, request: Request, body: CounterCodeBody) -> str:
    """Let somebody type a code; one that was tried too often is as good as none. Raises: CounterCodeUnknownError."""
    if not await built.patience.lets_type(request, body.code):
        raise CounterCodeUnknownError(field="code")
    return body.code


@router.get("/rated-dossiers/{code}", dependencies=OFFER)
async def offered(visit: VisitDep, caller: CallerDep, code: Code) -> OfferedOut:
    """Tell what of a dossier the desk may offer to rate at the tablet."""
    dossier = await reads.dossier_to_offer(visit.session, caller, code)
    rated = await reads.rated_at_counter(visit.session, code)
    return OfferedOut(dossier=code, phases=[_offered(dossier, phase, rated, visit) for phase in Phase])


def _offered(dossier: RatedDossier, phase: Phase, rated: frozenset[str], visit: VisitDep) -> OfferedPhaseOut:
    still = phase not in rated and dossier.offered(phase, visit.now)
    return OfferedPhaseOut(phase=phase, label=phase.said(visit.lang), open=still, rated=phase in rated)


@router.put("/rated-dossiers/{code}/{phase}/counter-code", dependencies=OFFER)
async def offer(
    visit: VisitDep, caller: CallerDep, built: BuiltDep, code: Code, phase: Phase
) -> CounterCodeOut:
    """Give a new code for the tablet; the one before works no more, so that a repeat does no harm."""
    dossier = await reads.dossier_to_offer(visit.session, caller, code)
    made, until = await offer_rating(visit.session, dossier, phase, visit.now, worn=built.patience.worn)
    return CounterCodeOut(code=spoken(made), phase=phase, label=phase.said(visit.lang), until=until)


@router.post("/counter-ratings/openings")
async def opening(visit: VisitDep, built: BuiltDep, request: Request, body: CounterCodeBody) -> CounterOut:
    """Show what a code is for."""
    typed = await _typed(built, request, body)
    given = await reads.code_given(visit.session, typed, visit.now)
    dossier = await visit.session.get_one(RatedDossier, given.dossier)
    _, agency = dossier.ended(Phase(given.phase))
    names = await queries.agency_names(visit.session, {agency}, visit.lang)
    return CounterOut(
        phase=Phase(given.phase),
        label=Phase(given.phase).said(visit.lang),
        agency_name=names.get(agency, agency),
        dossier_end=given.dossier[-SHOWN:],
        until=given.until,
    )


@router.post("/counter-ratings", status_code=201, response_model=CounterRatedOut)
async def rate(
    *, visit: VisitDep, built: BuiltDep, idem: IdempotencyDep, request: Request, body: CounterRateBody
) -> CounterRatedOut | JSONResponse:
    """Rate by a code, once."""
    if hit := await idem.replay(visit.session):
        return hit
    typed = await _typed(built, request, body)
    await rate_at_counter(
        visit.session, visit.rules, typed, marks=body.marks, comment=body.comment, now=visit.now
    )
    out = CounterRatedOut(rated=True)
    await idem.remember(visit.session, 201, out)
    return out
