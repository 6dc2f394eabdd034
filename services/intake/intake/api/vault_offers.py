"""What the vault offers for the components of a draft or dossier, and taking it."""

import uuid
from collections.abc import Sequence

from audit import note
from common.api import IdempotencyDep
from common.api.deps import only_for
from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse
from procedures import Component
from pydantic import BaseModel, ConfigDict, Field
from regulation.days import Day
from regulation.roles import Part, Right, who_may
from regulation.typed import Typed
from regulation.zone import local_day

from intake.api.attachments import AttachmentOut
from intake.api.deps import Visit, VisitDep
from intake.api.vault import kept_here
from intake.api.vault_out import OfferedPaperOut, OfferedPapersOut, offered_out, paper_out
from intake.domain.vault import Fitness, Kind, fitness
from intake.models import Attachment, VaultPaper, VaultUse
from intake.queries.dossiers import acting, desk_dossier
from intake.queries.letters import procedure_of
from intake.queries.places import place_for_files
from intake.queries.vault import kept_from, papers_for, taken_papers, vault_of_draft
from intake.usecases.describe_paper import Description, describe_paper
from intake.usecases.look_at_dossier import look_at_dossier
from intake.usecases.take_paper import take_paper

SEEING, TAKING = "Xem giấy tờ trong kho của người nộp", "Dùng lại giấy tờ trong kho cho hồ sơ của người nộp"
"""To which end an officer reads a vault, as the access log says it."""
router = APIRouter(prefix="/api/intake", tags=["vault"], dependencies=[Depends(kept_here)])
DRAFTS, MINE = only_for(who_may(Right.BEGIN_DRAFT)), only_for(who_may(Right.FOLLOW_DOSSIER))
COUNTER, DESK = only_for(who_may(Right.ACCEPT_DOSSIER)), only_for(who_may(Right.CHECK_DOSSIER))


class TakePaperBody(BaseModel):
    """Which kept paper stands for which component."""

    model_config = ConfigDict(extra="forbid")

    component: str = Field(max_length=80)
    paper: uuid.UUID


class DescribePaperBody(BaseModel):
    """What stands on a paper; `lasting` is one that never expires."""

    model_config = ConfigDict(extra="forbid")

    number: Typed = Field("", max_length=60)
    issuer: Typed = Field("", max_length=200)
    issued_on: Day | None = None
    expires_on: Day | None = None
    lasting: bool = False


class TakenOut(BaseModel):
    """The files that stand for the component since."""

    items: list[AttachmentOut]
    total: int


@router.get("/drafts/{draft_id}/vault-papers", dependencies=[DRAFTS])
async def offered(draft_id: uuid.UUID, visit: VisitDep) -> OfferedPapersOut:
    """List what the vault of the applicant holds for the components of a draft, with why not where it is no use.

    An officer's look at somebody's papers is written down for their owner.
    """
    place = await place_for_files(visit.session, visit.caller, draft_id, None)
    assert place.draft is not None
    owner = await vault_of_draft(visit.session, visit.caller, place.draft)
    found = await _found(visit, owner, place.papers)
    if visit.caller.is_officer:
        note(purpose=SEEING)
        await _seen(visit, found)
    return offered_out(found, await _taken(visit, Attachment.draft_id == draft_id), visit)


@router.get("/dossiers/{code}/vault-papers", dependencies=[MINE])
async def offered_again(code: str, visit: VisitDep) -> OfferedPapersOut:
    """List what the caller's vault holds for a dossier of theirs that waits for a supplement."""
    async with visit.watched(code):
        place = await place_for_files(visit.session, visit.caller, None, code)
    found = await _found(visit, visit.caller.subject, place.papers)
    return offered_out(found, await _taken(visit, Attachment.dossier_code == code), visit)


@router.get("/desk/dossiers/{code}/vault-papers", dependencies=[DESK])
async def held(code: str, visit: VisitDep) -> OfferedPapersOut:
    """List what the vault of a dossier's applicant holds for its components: what is valid is not asked for again.

    Papers kept from this dossier itself stand among them. The look is written down for their owner.
    """
    note(purpose=SEEING)
    async with visit.watched(code):
        await desk_dossier(visit.session, visit.caller, code, Right.CHECK_DOSSIER)
        dossier = await look_at_dossier(visit.session, visit.caller, code, Part.PAPER, visit.now)
    found = await _found(
        visit, dossier.owner_id, (await procedure_of(visit.session, dossier)).papers(dossier.case_id)
    )
    await _seen(visit, found, code)
    known = {paper.id for _, paper in found}
    kept = await kept_from(visit.session, code)
    found += [
        (paper.source if paper.kind == Kind.COMPONENT else "", paper)
        for paper in kept
        if paper.id not in known
    ]
    return offered_out(found, await _taken(visit, Attachment.dossier_code == code), visit)


@router.put("/desk/dossiers/{code}/vault-papers/{paper_id}", dependencies=[DESK])
async def describe(
    code: str, paper_id: uuid.UUID, body: DescribePaperBody, visit: VisitDep
) -> OfferedPaperOut:
    """Write down number, issuer and dates of a paper kept from this dossier."""
    async with visit.watched(code):
        told = Description(local_day(visit.now), **body.model_dump())
        paper = await describe_paper(visit.session, visit.caller, code, paper_id, told)
    return OfferedPaperOut(**paper_out(paper, visit), component=paper.source, taken=False)


@router.post(
    "/drafts/{draft_id}/vault-papers", dependencies=[DRAFTS], status_code=201, response_model=TakenOut
)
async def take(
    draft_id: uuid.UUID, body: TakePaperBody, visit: VisitDep, idem: IdempotencyDep
) -> TakenOut | JSONResponse:
    """Let a kept paper stand for a component of a draft."""
    if hit := await idem.replay(visit.session):
        return hit
    if visit.caller.is_officer:
        note(purpose=TAKING)
    out = await _take(visit, body, draft_id=draft_id, code=None)
    await idem.remember(visit.session, 201, out)
    return out


@router.post("/dossiers/{code}/vault-papers", dependencies=[MINE], status_code=201, response_model=TakenOut)
async def take_again(
    code: str, body: TakePaperBody, visit: VisitDep, idem: IdempotencyDep
) -> TakenOut | JSONResponse:
    """Let a kept paper stand for a component of a dossier that waits for a supplement."""
    if hit := await idem.replay(visit.session):
        return hit
    async with visit.watched(code):
        out = await _take(visit, body, draft_id=None, code=code)
    await idem.remember(visit.session, 201, out)
    return out


async def _take(
    visit: Visit, body: TakePaperBody, *, draft_id: uuid.UUID | None, code: str | None
) -> TakenOut:
    files = await take_paper(
        visit.session,
        visit.means,
        visit.caller,
        draft_id=draft_id,
        code=code,
        component=body.component,
        paper_id=body.paper,
        now=visit.now,
    )
    items = [AttachmentOut.of(file) for file in files]
    return TakenOut(items=items, total=len(items))


async def _found(visit: Visit, owner: str, papers: Sequence[Component]) -> list[tuple[str, VaultPaper]]:
    """Return what is kept for a person, by component; what the owner withheld is no officer's business."""
    found = await papers_for(visit.session, owner, {paper.id: paper.name for paper in papers})
    if not visit.caller.is_officer:
        return found
    today = local_day(visit.now)
    return [(part, paper) for part, paper in found if fitness(paper, today) is not Fitness.WITHHELD]


async def _seen(visit: Visit, found: Sequence[tuple[str, VaultPaper]], code: str | None = None) -> None:
    papers = {paper.id: paper for _, paper in found if paper.dossier_code != code}
    if papers:
        seen = VaultUse.seeing(papers.values(), acting(visit.caller), visit.now, code)
        await visit.session.execute(seen)


async def _taken(visit: Visit, place: object) -> set[tuple[str, uuid.UUID]]:
    return {(part, paper.id) for part, paper in await taken_papers(visit.session, place)}  # type: ignore[arg-type]


counter = APIRouter(prefix="/api/intake/counter", tags=["vault"], dependencies=[COUNTER, Depends(kept_here)])
counter.add_api_route(
    "/drafts/{draft_id}/vault-papers", offered, methods=["GET"], response_model=OfferedPapersOut
)
counter.add_api_route(
    "/drafts/{draft_id}/vault-papers", take, methods=["POST"], status_code=201, response_model=TakenOut
)
