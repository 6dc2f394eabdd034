"""What the caller told once of a person, offered to a page that asks for one again."""

import uuid
from datetime import datetime

from common.api.deps import only_for
from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from regulation.roles import Right, who_may

from intake.api.deps import VisitDep
from intake.api.draft_out import DraftOut, show
from intake.queries.drafts import own_draft
from intake.queries.earlier import earlier_answers
from intake.usecases.carry_answers import carry_answers

router = APIRouter(
    prefix="/api/intake/drafts/{draft_id}",
    tags=["drafts"],
    dependencies=[only_for(who_may(Right.BEGIN_DRAFT))],
)


class EarlierOut(BaseModel):
    """A person whom an earlier dossier tells of, and how many questions of a page it answers."""

    page: str
    code: str
    procedure_name: str
    submitted_at: datetime
    name: str
    count: int


class EarlierListOut(BaseModel):
    """Everything earlier dossiers of the caller could fill in."""

    items: list[EarlierOut]
    total: int


class CarryAnswersBody(BaseModel):
    """Which page is filled from which dossier."""

    model_config = ConfigDict(extra="forbid")

    page: str = Field(max_length=80)
    code: str = Field(max_length=60)


@router.get("/earlier-answers")
async def earlier(draft_id: uuid.UUID, visit: VisitDep) -> EarlierListOut:
    """List the people whom earlier dossiers of the caller tell of, by the page that asks for one."""
    draft = await own_draft(visit.session, visit.caller, draft_id)
    found = await earlier_answers(visit.session, visit.caller, draft, visit.lang)
    items = [
        EarlierOut(
            page=one.page,
            code=one.code,
            procedure_name=one.procedure_name,
            submitted_at=one.submitted_at,
            name=one.name,
            count=len(one.answers),
        )
        for one in found
    ]
    return EarlierListOut(items=items, total=len(items))


@router.post("/earlier-answers")
async def carry(draft_id: uuid.UUID, body: CarryAnswersBody, visit: VisitDep) -> DraftOut:
    """Fill the unanswered questions of a page from an earlier dossier; twice it happens once."""
    draft = await carry_answers(
        visit.session, visit.caller, draft_id, page=body.page, code=body.code, now=visit.now
    )
    return await show(visit, draft, body.page)
