"""Drafts: begin, fill page by page, choose the result channel, discard."""

import uuid
from typing import Annotated, Any

from common.api import IdempotencyDep
from common.api.deps import only_for
from common.errors import InvalidInputError
from eforms import applicant_of
from fastapi import APIRouter, Path, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from regulation.codes.agency import LONGEST
from regulation.roles import Right, who_may

from intake.api.deps import VisitDep
from intake.api.draft_out import DraftListOut, DraftOut, DraftRow, show
from intake.domain.problems import unknown_page
from intake.queries.catalogue import agency_names, pinned_procedure
from intake.queries.drafts import own_draft, own_drafts
from intake.usecases.begin_draft import begin_draft
from intake.usecases.choose_draft_channel import choose_draft_channel
from intake.usecases.discard_draft import discard_draft
from intake.usecases.name_submitter import name_submitter
from intake.usecases.renew_draft import renew_draft
from intake.usecases.save_answers import save_answers

router = APIRouter(
    prefix="/api/intake/drafts", tags=["drafts"], dependencies=[only_for(who_may(Right.BEGIN_DRAFT))]
)
DraftId = Annotated[uuid.UUID, Path()]
Answers = Annotated[dict[str, Any], Field(max_length=500)]


class Body(BaseModel):
    """A body in which an unknown field is an error, never a silent extra."""

    model_config = ConfigDict(extra="forbid")


class BeginDraftBody(Body):
    """Which procedure, at which agency, in which case."""

    procedure_code: str = Field(max_length=40)
    agency: str = Field(max_length=LONGEST)
    case: str | None = Field(None, max_length=60)


class SavePageBody(Body):
    """The answers of one page."""

    values: Answers
    version: int | None = None


class SaveAnswersBody(Body):
    """Whatever was typed since the last save."""

    answers: Answers
    version: int


class ChooseChannelBody(Body):
    """How the result is to come back; post needs an address."""

    channel: str = Field(max_length=20)
    address: str | None = Field(None, max_length=300)
    version: int | None = None


class NameSubmitterBody(Body):
    """Who hands in and for whom, as the draft's own questions ask it."""

    values: Annotated[dict[str, Any], Field(max_length=20)]


class VersionBody(Body):
    """The version the caller saw."""

    version: int


@router.post("", status_code=201, response_model=DraftOut)
async def begin(body: BeginDraftBody, visit: VisitDep, idem: IdempotencyDep) -> DraftOut | JSONResponse:
    """Begin a draft at the version in force."""
    if hit := await idem.replay(visit.session):
        return hit
    draft = await begin_draft(
        visit.session,
        visit.caller,
        procedure_code=body.procedure_code,
        agency=body.agency,
        case=body.case,
        most=visit.means.most_drafts,
        now=visit.now,
    )
    out = await show(visit, draft)
    await idem.remember(visit.session, 201, out)
    return out


@router.get("")
async def drafts(visit: VisitDep) -> DraftListOut:
    """List the caller's open drafts, last touched first."""
    items, kept = [], await own_drafts(visit.session, visit.caller)
    names = await agency_names(visit.session, {draft.agency for draft in kept})
    for draft in kept:
        agency = names.get(draft.agency)
        procedure = await pinned_procedure(visit.session, draft.procedure_code, draft.procedure_version)
        items.append(
            DraftRow(
                id=draft.id,
                version=draft.version,
                procedure_code=draft.procedure_code,
                agency=draft.agency,
                agency_name=agency.title(visit.lang) if agency else draft.agency,
                procedure_name=procedure.title(visit.lang),
                applicant_name=applicant_of(procedure.form, draft.answers)["name"],
                updated_at=draft.updated_at,
            )
        )
    return DraftListOut(items=items, total=len(items))


@router.get("/{draft_id}")
async def read(draft_id: DraftId, visit: VisitDep) -> DraftOut:
    """Return a draft with everything still missing or wrong in it."""
    return await show(visit, await own_draft(visit.session, visit.caller, draft_id))


@router.delete("/{draft_id}", status_code=204)
async def discard(draft_id: DraftId, visit: VisitDep) -> Response:
    """Throw the draft away."""
    await discard_draft(visit.session, visit.caller, draft_id, now=visit.now)
    return Response(status_code=204)


@router.put("/{draft_id}/pages/{page}")
async def save_page(draft_id: DraftId, page: str, body: SavePageBody, visit: VisitDep) -> DraftOut:
    """Save a page as typed and list what is wrong on it."""
    draft = await save_answers(
        visit.session, visit.caller, draft_id, body.values, version=body.version, now=visit.now
    )
    procedure = await pinned_procedure(visit.session, draft.procedure_code, draft.procedure_version)
    if procedure.form.page(page) is None:
        raise InvalidInputError([unknown_page(page)])
    return await show(visit, draft, page)


@router.patch("/{draft_id}")
async def autosave(draft_id: DraftId, body: SaveAnswersBody, visit: VisitDep) -> DraftOut:
    """Save whatever was typed since."""
    draft = await save_answers(
        visit.session, visit.caller, draft_id, body.answers, version=body.version, now=visit.now
    )
    return await show(visit, draft)


@router.put("/{draft_id}/result-channel")
async def choose(draft_id: DraftId, body: ChooseChannelBody, visit: VisitDep) -> DraftOut:
    """Choose how the result comes back."""
    draft = await choose_draft_channel(
        visit.session,
        visit.means,
        visit.caller,
        draft_id,
        channel=body.channel,
        address=body.address,
        now=visit.now,
    )
    return await show(visit, draft)


@router.put("/{draft_id}/submitter")
async def name(draft_id: DraftId, body: NameSubmitterBody, visit: VisitDep) -> DraftOut:
    """Say who hands the dossier in and for whom; list everything that is wrong or missing since."""
    draft = await name_submitter(visit.session, visit.caller, draft_id, body.values, now=visit.now)
    return await show(visit, draft)


@router.post("/{draft_id}/renewal")
async def renew(draft_id: DraftId, body: VersionBody, visit: VisitDep) -> DraftOut:
    """Carry the draft over to the version in force now."""
    draft = await renew_draft(visit.session, visit.caller, draft_id, version=body.version, now=visit.now)
    return await show(visit, draft)
