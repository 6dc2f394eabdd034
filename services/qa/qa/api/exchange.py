"""The port to the feedback systems of the province, the Government and the nation: items in, states and replies out."""

from datetime import datetime
from typing import Annotated

from common.api import CallerDep, IdempotencyDep
from common.api.deps import only_for
from fastapi import APIRouter, Path
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from regulation.days import Moment

from qa import queries
from qa.api.deps import Visit, VisitDep
from qa.api.feedback import SenderBody
from qa.domain.exchange import EXCHANGE, checked_origin
from qa.domain.feedback import Category, FeedbackState
from qa.models import Feedback
from qa.queries.feedback import handed_in_one
from qa.usecases.receive_feedback import Received, receive_feedback

router = APIRouter(prefix="/api/qa/exchange/feedback", tags=["exchange"], dependencies=[only_for([EXCHANGE])])


class HandInBody(BaseModel):
    """One piece of feedback as another system has it; no files yet."""

    system: str = Field(max_length=40)
    their_number: str = Field(max_length=80)
    came_at: Moment
    category: Category
    title: str = Field(max_length=2_000)
    text: str = Field(max_length=100_000)
    dossier: str | None = Field(default=None, max_length=60)
    sender: SenderBody = SenderBody()


class HandedInOut(BaseModel):
    """Where it stands here, for the system that handed it in: a reply or the right channel, once there is one."""

    number: str
    system: str
    their_number: str
    state: FeedbackState
    state_label: str
    agency: str | None
    agency_name: str
    came_at: datetime
    due_at: datetime | None
    reply: str | None
    replied_at: datetime | None
    closing_reason: str | None
    closing_channel: str | None


async def _out(visit: Visit, one: Feedback) -> HandedInOut:
    assert one.origin is not None, "some system handed it in"
    names = await queries.agency_names(visit.session, {one.agency or ""}, visit.lang)
    state, closing = FeedbackState(one.state), one.closing or {}
    return HandedInOut(
        number=one.number,
        system=one.origin.system,
        their_number=one.origin.their_number,
        state=state,
        state_label=state.said(visit.lang),
        agency=one.agency,
        agency_name=names.get(one.agency or "", ""),
        came_at=one.came_at,
        due_at=one.due_at,
        reply=one.reply["text"] if one.reply else None,
        replied_at=one.replied_at,
        closing_reason=closing.get("reason"),
        closing_channel=closing.get("channel"),
    )


@router.post("", status_code=201, response_model=HandedInOut)
async def hand_in(
    visit: VisitDep, caller: CallerDep, idem: IdempotencyDep, body: HandInBody
) -> HandedInOut | JSONResponse:
    """Hand feedback in; handed in again it is the same, and the answer says where it stands.

    Source: TN Đ.17.2; TN Đ.17.4.c; QT Đ.22.1; R-FBK-11
    """
    if hit := await idem.replay(visit.session):
        return hit
    came = Received(
        channel=body.system,
        came_at=body.came_at,
        owner=None,
        entered_by=caller.subject,
        sender=body.sender.model_dump(),
        category=body.category,
        dossier=body.dossier,
        title=body.title,
        text=body.text,
        origin=checked_origin(body.system, body.their_number),
    )
    out = await _out(visit, (await receive_feedback(visit.session, visit.rules, came, visit.now)).feedback)
    await idem.remember(visit.session, 201, out)
    return out


@router.get("/{feedback}")
async def show(visit: VisitDep, feedback: Annotated[str, Path(max_length=40)]) -> HandedInOut:
    """Show what became of feedback that was handed in; `qa.feedback_*` says when to look. Source: R-FBK-11"""
    return await _out(visit, await handed_in_one(visit.session, feedback))
