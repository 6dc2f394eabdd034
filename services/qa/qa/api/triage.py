"""What the coordinator does with a question: forward, refuse, consent to a return, urge."""

from typing import Annotated

from common.api.deps import only_for
from fastapi import APIRouter
from pydantic import BaseModel, Field, StringConstraints
from regulation.instances import PROVINCE, settled_by
from regulation.roles import Right, who_may
from regulation.typed import Tidied

from qa.api.deps import Desk, DeskDep
from qa.api.question_out import QuestionOut, shown
from qa.domain import AnswerKind, Ground
from qa.models import lend
from qa.usecases.decide_return import decide_return
from qa.usecases.refuse_question import refuse_question
from qa.usecases.triage_question import triage_question
from qa.usecases.urge_agency import urge_agency

router = APIRouter(
    prefix="/api/qa/questions/{question}",
    tags=["triage"],
    dependencies=[only_for(who_may(Right.TRIAGE_QUESTION))],
)


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=2000), Tidied]
MaybeWords = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000), Tidied]


class VersionBody(BaseModel):
    """The version of the question that was seen."""

    version: int


class TriageBody(VersionBody):
    """To which agency a question goes, about what, and how much its answer takes."""

    agency: str = Field(max_length=40)
    topic: str = Field(max_length=40)
    kind: AnswerKind = AnswerKind.OWN
    note: MaybeWords = ""


class RefusalBody(VersionBody):
    """Why a question is refused, and where its asker has to turn to."""

    ground: Ground
    reason: Words
    channel: MaybeWords = ""


class ReturnConsentBody(VersionBody):
    """Whether the question is taken back."""

    granted: bool
    reason: MaybeWords = ""


@router.post("/triage", status_code=201)
async def triage(desk: DeskDep, body: TriageBody) -> QuestionOut:
    """Classify a question and forward it."""
    await triage_question(
        desk.session,
        desk.rules,
        desk.caller,
        desk.question,
        version=body.version,
        agency=body.agency,
        topic=body.topic,
        kind=body.kind,
        note=body.note,
        now=desk.now,
    )
    if desk.place == PROVINCE:
        await lent(desk)
    return await shown(desk)


@router.post("/refusal", status_code=201)
async def refuse(desk: DeskDep, body: RefusalBody) -> QuestionOut:
    """Refuse a question with its reason and the right channel, and close it."""
    await refuse_question(
        desk.session,
        desk.rules,
        desk.caller,
        desk.question,
        version=body.version,
        ground=body.ground,
        reason=body.reason,
        channel=body.channel,
        now=desk.now,
    )
    return await shown(desk)


@router.post("/return-consent", status_code=201)
async def consent(desk: DeskDep, body: ReturnConsentBody) -> QuestionOut:
    """Take a question back that an agency wants to return late, or leave it there."""
    await decide_return(
        desk.session,
        desk.rules,
        desk.caller,
        desk.question,
        version=body.version,
        granted=body.granted,
        reason=body.reason,
        now=desk.now,
    )
    return await shown(desk)


@router.post("/reminder", status_code=201)
async def urge(desk: DeskDep, body: VersionBody) -> QuestionOut:
    """Urge the agency."""
    await urge_agency(
        desk.session, desk.rules, desk.caller, desk.question, version=body.version, now=desk.now
    )
    return await shown(desk)


async def lent(desk: Desk) -> None:
    """Lend a question to its agency's own instance, where that has begun. Source: decision 0068"""
    holder = settled_by(desk.question.agency or "", desk.now, desk.rules.agreed)
    if holder != PROVINCE:
        await lend(desk.session, desk.question, holder, desk.now)
