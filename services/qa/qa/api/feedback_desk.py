"""What coordinator and agency do with feedback."""

from dataclasses import dataclass
from typing import Annotated

from common.api import CallerDep
from common.api.deps import only_for
from common.security import Caller
from fastapi import APIRouter, Depends
from pydantic import Field
from regulation.roles import Right, who_may
from regulation.typed import Typed

from qa.api.deps import ChangesDep, DeskDep, Number, Visit, VisitDep
from qa.api.feedback_out import FeedbackOut, whole
from qa.api.triage import MaybeWords, VersionBody, Words
from qa.domain import Ground
from qa.domain.asking import LONGEST_TEXT, LONGEST_TITLE
from qa.domain.feedback import Category, FeedbackAction, feedback_actions
from qa.models import Feedback
from qa.queries.feedback import feedback_for
from qa.usecases.close_feedback import close_feedback
from qa.usecases.draft_reply import draft_reply
from qa.usecases.handle_feedback import involve_agencies, reply_feedback, return_feedback, urge_feedback
from qa.usecases.move_question import move_question
from qa.usecases.publish_feedback import decide_result, publish_feedback
from qa.usecases.triage_feedback import triage_feedback

router = APIRouter(prefix="/api/qa", tags=["feedback desk"])
READ = [only_for(who_may(Right.READ_FEEDBACK))]
TRIAGE = [only_for(who_may(Right.TRIAGE_FEEDBACK))]
HANDLE = [only_for(who_may(Right.HANDLE_FEEDBACK))]
PUBLISH = [only_for(who_may(Right.PUBLISH_FEEDBACK))]
PLACE = "/feedback/{feedback}"


@dataclass(frozen=True)
class Case(Visit):
    """An officer at feedback that the officer may see."""

    caller: Caller
    feedback: Feedback

    async def shown(self) -> FeedbackOut:
        """Describe it as it is now."""
        actions = feedback_actions(self.feedback.place(self.rules), self.caller)
        return await whole(self, self.feedback, actions)


async def _case(feedback: Number, visit: VisitDep, caller: CallerDep, held: ChangesDep) -> Case:
    found = await feedback_for(visit.session, caller, feedback, held=held)
    return Case(visit.session, visit.rules, visit.lang, visit.now, caller, found)


CaseDep = Annotated[Case, Depends(_case)]


class MoveBody(VersionBody):
    """What a question is feedback about."""

    category: Category


class FeedbackTriageBody(VersionBody):
    """Which agency is responsible, and what it is about."""

    agency: str = Field(max_length=40)
    category: Category
    note: MaybeWords = ""


class ClosingBody(VersionBody):
    """Why it is not settled here, and where its sender has to turn to."""

    ground: Ground
    reason: Words
    channel: MaybeWords = ""


class FeedbackReturnBody(VersionBody):
    """Why it belongs elsewhere."""

    reason: Words


class InvolvementBody(VersionBody):
    """Which agencies help, with what."""

    agencies: list[str] = Field(min_length=1, max_length=20)
    reason: Words


class ReplyBody(VersionBody):
    """The result of handling, as its sender reads it."""

    text: Typed = Field(min_length=10, max_length=20_000)


class ReplyDraftBody(VersionBody):
    """The reply as far as it is typed."""

    text: str = Field(max_length=20_000)


class ResultBody(VersionBody):
    """What everybody is to read."""

    title: Typed = Field(min_length=5, max_length=LONGEST_TITLE)
    text: str = Field(default="", max_length=LONGEST_TEXT)
    result: Typed = Field(min_length=10, max_length=20_000)
    doubts_seen: bool = False


class ResultReasonBody(VersionBody):
    """Why a result is not published, or not any more."""

    reason: Words


@router.post(
    "/questions/{question}/feedback",
    status_code=201,
    dependencies=[only_for(who_may(Right.TRIAGE_QUESTION))],
)
async def move(desk: DeskDep, body: MoveBody) -> FeedbackOut:
    """Let a question go on as feedback, without writing it again."""
    moved = await move_question(
        desk.session,
        desk.rules,
        desk.caller,
        desk.question,
        version=body.version,
        category=body.category,
        now=desk.now,
    )
    case = Case(desk.session, desk.rules, desk.lang, desk.now, desk.caller, moved)
    return await case.shown()


@router.get(PLACE, dependencies=READ)
async def one(case: CaseDep) -> FeedbackOut:
    """Show feedback with its clocks and its history."""
    return await case.shown()


@router.post(PLACE + "/triage", status_code=201, dependencies=TRIAGE)
async def triage(case: CaseDep, body: FeedbackTriageBody) -> FeedbackOut:
    """Classify feedback and forward it."""
    told = body.model_dump()
    await triage_feedback(case.session, case.rules, case.caller, case.feedback, **told, now=case.now)
    return await case.shown()


@router.post(PLACE + "/closing", status_code=201, dependencies=TRIAGE)
async def close(case: CaseDep, body: ClosingBody) -> FeedbackOut:
    """Close what is not settled here with the right channel."""
    told = body.model_dump()
    await close_feedback(case.session, case.rules, case.caller, case.feedback, **told, now=case.now)
    return await case.shown()


@router.post(PLACE + "/reminder", status_code=201, dependencies=TRIAGE)
async def urge(case: CaseDep, body: VersionBody) -> FeedbackOut:
    """Urge the responsible agency."""
    told = body.model_dump()
    await urge_feedback(case.session, case.rules, case.caller, case.feedback, **told, now=case.now)
    return await case.shown()


@router.post(PLACE + "/return", status_code=201, dependencies=HANDLE)
async def give_back(case: CaseDep, body: FeedbackReturnBody) -> FeedbackOut:
    """Give feedback back that belongs elsewhere."""
    told = body.model_dump()
    await return_feedback(case.session, case.rules, case.caller, case.feedback, **told, now=case.now)
    return await case.shown()


@router.post(PLACE + "/involvement", status_code=201, dependencies=HANDLE)
async def involve(case: CaseDep, body: InvolvementBody) -> FeedbackOut:
    """Have other agencies help."""
    told = body.model_dump()
    await involve_agencies(case.session, case.rules, case.caller, case.feedback, **told, now=case.now)
    return await case.shown()


@router.post(PLACE + "/reply", status_code=201, dependencies=HANDLE)
async def reply(case: CaseDep, body: ReplyBody) -> FeedbackOut:
    """Send the result of handling to the sender."""
    told = body.model_dump()
    await reply_feedback(case.session, case.rules, case.caller, case.feedback, **told, now=case.now)
    return await case.shown()


@router.put(PLACE + "/draft", dependencies=HANDLE)
async def keep_draft(case: CaseDep, body: ReplyDraftBody) -> FeedbackOut:
    """Keep the reply while it is typed."""
    told = body.model_dump()
    await draft_reply(case.session, case.rules, case.caller, case.feedback, **told, now=case.now)
    return await case.shown()


@router.put(PLACE + "/publication", dependencies=TRIAGE)
async def propose(case: CaseDep, body: ResultBody) -> FeedbackOut:
    """Propose what everybody may read, without the sender."""
    told = body.model_dump()
    await publish_feedback(case.session, case.rules, case.caller, case.feedback, **told, now=case.now)
    return await case.shown()


async def _decided(case: Case, action: FeedbackAction, body: VersionBody) -> FeedbackOut:
    told = body.model_dump()
    await decide_result(case.session, case.rules, case.caller, case.feedback, action, **told, now=case.now)
    return await case.shown()


@router.post(PLACE + "/publication/confirmation", status_code=201, dependencies=PUBLISH)
async def confirm(case: CaseDep, body: VersionBody) -> FeedbackOut:
    """Look a second time and publish."""
    return await _decided(case, FeedbackAction.CONFIRMATION, body)


@router.post(PLACE + "/publication/refusal", status_code=201, dependencies=PUBLISH)
async def refuse_result(case: CaseDep, body: ResultReasonBody) -> FeedbackOut:
    """Refuse a proposed publication."""
    return await _decided(case, FeedbackAction.PUBLICATION_REFUSAL, body)


@router.post(PLACE + "/publication/withdrawal", status_code=201, dependencies=PUBLISH)
async def withdraw_result(case: CaseDep, body: ResultReasonBody) -> FeedbackOut:
    """Take a result off the public page."""
    return await _decided(case, FeedbackAction.WITHDRAWAL, body)
