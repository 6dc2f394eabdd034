"""How a supplement looks over HTTP: what was asked for, and what the unit drafted."""

from datetime import date, datetime

from pydantic import BaseModel

from intake.domain.supplement import Taken
from intake.models import SupplementRequest


class AskedOut(BaseModel):
    """A component that is asked for again, and why."""

    component: str
    note: str


class FreeItemOut(BaseModel):
    """Something asked for beyond the components, with its legal basis."""

    text: str
    legal_basis: str


class RequestOut(BaseModel):
    """A supplement request; `overdue` once its last day is over."""

    number: int
    requested_at: datetime
    answer_by_on: date
    reason: str
    guidance: str
    items: list[AskedOut]
    free_items: list[FreeItemOut]
    answered_at: datetime | None
    answer_note: str | None
    leader_ground: str | None


def request_out(request: SupplementRequest, officer: bool) -> RequestOut:
    """Describe a request; the leader's ground is for officers."""
    return RequestOut(
        number=request.number,
        requested_at=request.requested_at,
        answer_by_on=request.answer_by_on,
        reason=request.reason,
        guidance=request.guidance,
        items=[AskedOut.model_validate(item) for item in request.items],
        free_items=[FreeItemOut.model_validate(item) for item in request.free_items],
        answered_at=request.answered_at,
        answer_note=request.answer_note,
        leader_ground=request.leader_ground if officer else None,
    )


def draft_out(draft: Taken, number: int, answer_by_on: date) -> RequestOut:
    """Describe what the unit drafted as the request it would be if the desk sent it now."""
    parts = {name: draft.details[name] for name in ("guidance", "items", "free_items")}
    unanswered = {"answered_at": None, "answer_note": None, "leader_ground": None}
    asked = {"number": number, "requested_at": draft.at, "answer_by_on": answer_by_on, "reason": draft.reason}
    return RequestOut.model_validate(asked | parts | unanswered)
