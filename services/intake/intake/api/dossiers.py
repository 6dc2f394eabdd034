"""Dossiers: the applicant's list, and one dossier for everybody who may open it."""

import uuid
from typing import Annotated

from common.api import CallerDep, LangDep, Page, SessionDep
from common.api.deps import only_for
from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from regulation.roles import Part, Right, who_may
from regulation.typed import Typed

from intake.api.deps import VisitDep, for_deed
from intake.api.dossier_out import row_of, show
from intake.api.dossier_shapes import DossierOut, DossierRow
from intake.domain.deeds import Deed
from intake.queries.dossiers import own_dossiers
from intake.usecases.amend_dossier import amend_dossier
from intake.usecases.answer_supplement import answer_supplement
from intake.usecases.choose_channel import choose_channel
from intake.usecases.look_at_dossier import look_at_dossier
from intake.usecases.pass_on_dossier import pass_on_dossier

router = APIRouter(prefix="/api/intake", tags=["dossiers"])


class ChangeChannelBody(BaseModel):
    """The new way of receiving the result; post needs an address."""

    channel: str = Field(max_length=20)
    address: str | None = Field(None, max_length=300)
    version: int


class AnswerSupplementBody(BaseModel):
    """The answer to a supplement request; files were attached before."""

    version: int
    note: Typed = Field("", max_length=2000)
    answers: dict[str, object] | None = Field(None, max_length=500)


class PassedOnOut(BaseModel):
    """The draft at the competent agency."""

    draft_id: uuid.UUID
    agency: str


@router.get("/dossiers", dependencies=[only_for(who_may(Right.FOLLOW_DOSSIER))])
async def mine(
    session: SessionDep,
    caller: CallerDep,
    lang: LangDep,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> Page[DossierRow]:
    """List the caller's own dossiers, newest first."""
    found, total = await own_dossiers(session, caller, limit, offset)
    items = [await row_of(session, dossier, lang) for dossier in found]
    more = str(offset + limit) if offset + limit < total else None
    return Page(items=items, total=total, next=more)


@router.get("/dossiers/{code}")
async def read(code: str, visit: VisitDep) -> DossierOut:
    """Return a dossier with timeline, due date and papers to whoever may open it; all others get a 404.

    An officer's look is written down for the owner.
    """
    async with visit.watched(code):
        dossier = await look_at_dossier(visit.session, visit.caller, code, Part.DOSSIER, visit.now)
    return await show(visit, dossier)


@router.put("/dossiers/{code}/result-channel", dependencies=[for_deed(Deed.RESULT_CHANNEL)])
async def change_channel(code: str, body: ChangeChannelBody, visit: VisitDep) -> DossierOut:
    """Change how the result comes back, until it is ready."""
    async with visit.watched(code):
        dossier = await choose_channel(
            visit.act(code, body.version), visit.means, channel=body.channel, address=body.address
        )
    return await show(visit, dossier)


@router.post("/dossiers/{code}/supplement-answer", dependencies=[for_deed(Deed.SUPPLEMENT_ANSWER)])
async def answer(code: str, body: AnswerSupplementBody, visit: VisitDep) -> DossierOut:
    """Hand in what the desk asked for."""
    async with visit.watched(code):
        dossier = await answer_supplement(
            visit.act(code, body.version), visit.means, note=body.note, answers=body.answers
        )
    return await show(visit, dossier)


class PassOnBody(BaseModel):
    """The version of the dossier that the applicant saw."""

    version: int


class AmendBody(AnswerSupplementBody):
    """Corrected answers, and a word about it; files were attached before."""


@router.post("/dossiers/{code}/amendment", dependencies=[for_deed(Deed.AMENDMENT)])
async def amend(code: str, body: AmendBody, visit: VisitDep) -> DossierOut:
    """Correct a dossier that waits for its check, where the profile lets applicants."""
    async with visit.watched(code):
        dossier = await amend_dossier(
            visit.act(code, body.version), visit.means, note=body.note, answers=body.answers
        )
    return await show(visit, dossier)


@router.post("/dossiers/{code}/passing-on", status_code=201, dependencies=[for_deed(Deed.PASSING_ON)])
async def pass_on(code: str, body: PassOnBody, visit: VisitDep) -> PassedOnOut:
    """Carry a redirected dossier over to the competent agency, as a draft to look over and submit there."""
    async with visit.watched(code):
        draft = await pass_on_dossier(visit.act(code, body.version), most=visit.means.most_drafts)
    return PassedOnOut(draft_id=draft.id, agency=draft.agency)
