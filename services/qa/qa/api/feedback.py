"""Feedback: filed at the portal, entered by officers, followed by its sender, handled, published."""

from datetime import datetime
from typing import Annotated

from common.api import CallerDep, IdempotencyDep, Page
from common.api.deps import only_for
from common.errors import UnauthenticatedError
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from regulation.days import Moment
from regulation.roles import Right, who_may

from qa import queries
from qa.api.asking import ChoiceOut, GroundOut
from qa.api.attachment_out import FilesBody, FileTermsOut
from qa.api.deps import BuiltDep, Cursor, Number, OwnerDep, Visit, VisitDep
from qa.api.feedback_out import FeedbackRowOut, ResultOut, SentOut, row_out, to_sender
from qa.api.follow import KeyBody
from qa.api.patience import FEEDBACK
from qa.domain.feedback import CLOSING_GROUNDS, Category, channel_said
from qa.models import Feedback
from qa.queries.feedback import (
    FeedbackPage,
    feedback_by_key,
    feedback_page,
    own_feedback,
    own_feedback_page,
    public_results,
)
from qa.usecases.attach_files import OFFICER, attach_files
from qa.usecases.receive_feedback import Receipt, Received, receive_feedback

router = APIRouter(prefix="/api/qa", tags=["feedback"])
OWN = [only_for(who_may(Right.FOLLOW_QUESTION))]
Limit = Annotated[int, Query(ge=1, le=100)]
PORTAL = "portal"


class FeedbackTermsOut(BaseModel):
    """How a province takes feedback."""

    enabled: str
    from_portal: bool
    needs_account: bool
    channels: list[ChoiceOut]
    entry_channels: list[ChoiceOut]
    categories: list[ChoiceOut]
    response: str
    closing_grounds: list[GroundOut]
    files: FileTermsOut


class SenderBody(BaseModel):
    """Who sends it, and how to reach them."""

    name: str = Field(default="", max_length=200)
    email: str = Field(default="", max_length=254)
    phone: str = Field(default="", max_length=30)
    address: str = Field(default="", max_length=300)


class FeedbackBody(FilesBody):
    """Feedback about the handling of procedures or online services, perhaps about one dossier."""

    category: Category
    title: str = Field(max_length=2_000)
    text: str = Field(max_length=100_000)
    dossier: str | None = Field(default=None, max_length=60)
    sender: SenderBody = SenderBody()


class EntryBody(FeedbackBody):
    """Feedback that came by another channel, and when."""

    channel: str = Field(max_length=40)
    came_at: Moment


class ReceiptOut(BaseModel):
    """The number of what was received, the key it is followed by, and when the reply is due."""

    number: str
    key: str
    came_at: datetime
    due_at: datetime | None


class FeedbackPageOut(Page[FeedbackRowOut]):
    """A page of feedback."""


class ResultPageOut(Page[ResultOut]):
    """A page of published results, newest first."""


@router.get("/feedback-terms")
async def terms(visit: VisitDep, built: BuiltDep) -> FeedbackTermsOut:
    """Say how the province takes feedback. Source: TN Đ.17; BD Đ.10; QT Đ.22; R-FBK-01; R-FBK-02; R-FBK-05"""
    told, lang = visit.rules.feedback, visit.lang
    wanted = (Category.SUGGESTION,) if told.enabled == "suggestions_only" else tuple(Category)
    amount = told.response.amount
    return FeedbackTermsOut(
        enabled=told.enabled,
        from_portal=told.from_portal,
        needs_account=told.needs_account,
        channels=[ChoiceOut(value=one, label=channel_said(one, lang)) for one in told.channels],
        entry_channels=[ChoiceOut(value=one, label=channel_said(one, lang)) for one in told.entry_channels],
        categories=[ChoiceOut(value=one, label=one.said(lang)) for one in wanted],
        response=amount.words(lang) if amount else "",
        closing_grounds=[
            GroundOut(value=one, label=one.said(lang), channel=one.channel(lang)) for one in CLOSING_GROUNDS
        ],
        files=FileTermsOut.of(built.reception.limits),
    )


def _receipt(told: Receipt) -> ReceiptOut:
    one = told.feedback
    return ReceiptOut(number=one.number, key=told.key, came_at=one.came_at, due_at=one.due_at)


@router.post("/feedback", status_code=201, response_model=ReceiptOut)
async def file(
    *,
    visit: VisitDep,
    owner: OwnerDep,
    idem: IdempotencyDep,
    built: BuiltDep,
    request: Request,
    body: FeedbackBody,
) -> ReceiptOut | JSONResponse:
    """File feedback at the portal; with an account where the province wants one."""
    if visit.rules.feedback.from_portal and visit.rules.feedback.needs_account and owner is None:
        raise UnauthenticatedError
    if hit := await idem.replay(visit.session):
        return hit
    await built.patience.expect(request, FEEDBACK)
    came = Received(
        channel=PORTAL,
        came_at=visit.now,
        owner=owner,
        entered_by=None,
        sender=body.sender.model_dump(),
        category=body.category,
        dossier=body.dossier,
        title=body.title,
        text=body.text,
    )
    received = await receive_feedback(visit.session, visit.rules, came, visit.now)
    await attach_files(visit.session, body.files, received.feedback.number, visit.now)
    await built.patience.count(request, FEEDBACK)
    out = _receipt(received)
    await idem.remember(visit.session, 201, out)
    return out


@router.post(
    "/feedback/entries",
    status_code=201,
    response_model=ReceiptOut,
    dependencies=[only_for(who_may(Right.ENTER_FEEDBACK))],
)
async def enter(
    visit: VisitDep, caller: CallerDep, idem: IdempotencyDep, body: EntryBody
) -> ReceiptOut | JSONResponse:
    """Enter feedback that came by another channel; the same process and clocks follow."""
    if hit := await idem.replay(visit.session):
        return hit
    came = Received(
        channel=body.channel,
        came_at=body.came_at,
        owner=None,
        entered_by=caller.subject,
        sender=body.sender.model_dump(),
        category=body.category,
        dossier=body.dossier,
        title=body.title,
        text=body.text,
    )
    received = await receive_feedback(visit.session, visit.rules, came, visit.now)
    number = received.feedback.number
    await attach_files(visit.session, body.files, number, visit.now, source=OFFICER)
    out = _receipt(received)
    await idem.remember(visit.session, 201, out)
    return out


@router.post("/follow-ups/feedback")
async def by_key(visit: VisitDep, body: KeyBody) -> SentOut:
    """Show feedback to whoever has its key."""
    return await to_sender(visit, await feedback_by_key(visit.session, body.key))


async def _listed(visit: Visit, page: FeedbackPage) -> FeedbackPageOut:
    names = await queries.agency_names(visit.session, {one.agency or "" for one in page.items}, visit.lang)
    rows = [row_out(one, names, visit.lang, visit.now) for one in page.items]
    return FeedbackPageOut(items=rows, total=page.total, next=page.next)


@router.get("/own-feedback", dependencies=OWN)
async def mine(
    *, visit: VisitDep, caller: CallerDep, limit: Limit = 20, cursor: Cursor = None
) -> FeedbackPageOut:
    """List the feedback of the account, newest first."""
    found = await own_feedback_page(visit.session, caller.subject, limit=limit, cursor=cursor)
    return await _listed(visit, found)


async def _own(feedback: Number, visit: VisitDep, caller: CallerDep) -> Feedback:
    return await own_feedback(visit.session, caller.subject, feedback)


@router.get("/own-feedback/{feedback}", dependencies=OWN)
async def one_of_mine(visit: VisitDep, found: Annotated[Feedback, Depends(_own)]) -> SentOut:
    """Show feedback of the account."""
    return await to_sender(visit, found)


@router.get("/results")
async def results(visit: VisitDep, limit: Limit = 20, cursor: Cursor = None) -> ResultPageOut:
    """List published results without their senders. Source: QT Đ.24.4; TN Đ.6.2; R-FBK-13"""
    if not visit.rules.publishes_answers:
        return ResultPageOut(items=[], total=0)
    page = await public_results(visit.session, limit=limit, cursor=cursor)
    items = [ResultOut(**one.publication) for one in page.items if one.publication]
    return ResultPageOut(items=items, total=page.total, next=page.next)


@router.get("/feedback", dependencies=[only_for(who_may(Right.READ_FEEDBACK))])
async def board(
    *,
    visit: VisitDep,
    caller: CallerDep,
    closed: bool = False,
    agency: Annotated[str, Query(max_length=40)] = "",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> FeedbackPageOut:
    """List what is open, soonest due first, or what is closed."""
    found = await feedback_page(
        visit.session, caller, closed=closed, agency=agency, limit=limit, cursor=cursor
    )
    return await _listed(visit, found)
