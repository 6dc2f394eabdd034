"""What everybody may read of a question: masked, proposed, looked at a second time, published, taken off."""

from dataclasses import fields

from common.api.deps import only_for
from fastapi import APIRouter
from pydantic import BaseModel, Field
from regulation.roles import Right, who_may
from regulation.typed import Typed

from qa.api.deps import Desk, DeskDep
from qa.api.question_out import QuestionOut, shown
from qa.api.shapes import CitationOut, FoundOut
from qa.api.triage import MaybeWords, VersionBody, Words
from qa.domain import Action
from qa.domain.answering import LONGEST_ANSWER
from qa.domain.asking import LONGEST_TEXT, LONGEST_TITLE
from qa.domain.publication import ANSWERS
from qa.usecases.decide_publication import decide_publication
from qa.usecases.propose_publication import Proposed, propose_publication

router = APIRouter(prefix="/api/qa/questions/{question}", tags=["publication"])
PREPARE = [only_for(who_may(Right.PREPARE_PUBLICATION))]
PUBLISH = [only_for(who_may(Right.PUBLISH_ANSWER))]


class MaskingOut(BaseModel):
    """Everything that goes public with everything masked that was found; what is in doubt is named, too."""

    title: str
    question: str
    answer: str
    no_citation_reason: str
    citations: list[CitationOut]
    found: list[FoundOut]


class PublicCitationBody(BaseModel):
    """A citation as everybody is to read it; what is left out stays as it was suggested."""

    number: str | None = Field(default=None, max_length=500)
    title: str | None = Field(default=None, max_length=1_000)
    issuer: str | None = Field(default=None, max_length=500)


class PublicationBody(VersionBody):
    """What everybody is to read."""

    title: Typed = Field(min_length=5, max_length=LONGEST_TITLE)
    question: str = Field(default="", max_length=LONGEST_TEXT)
    answer: Typed = Field(min_length=10, max_length=LONGEST_ANSWER)
    no_citation_reason: str | None = Field(default=None, max_length=2_000)
    citations: list[PublicCitationBody] | None = Field(default=None, max_length=50)
    with_name: bool = False
    doubts_seen: bool = False


class ReasonBody(VersionBody):
    """Why something is not published, or not any more."""

    reason: Words


class ConfirmationBody(VersionBody):
    """The second look."""

    note: MaybeWords = ""


@router.get("/masking", dependencies=PREPARE)
async def masking(desk: DeskDep) -> MaskingOut:
    """Suggest what to publish, personal data masked. Source: TN Đ.16.1; R-QNA-22"""
    asked, answer = desk.question, desk.question.answer or {}
    texts = {"title": asked.title, "question": asked.text, "answer": answer.get("text", "")}
    told = {**answer, **texts}
    found = [one._asdict() for one in ANSWERS.doubts(told, asked.asker)]
    return MaskingOut.model_validate({**ANSWERS.suggested(told, asked.asker), "found": found})


@router.put("/publication", dependencies=PREPARE)
async def propose(desk: DeskDep, body: PublicationBody) -> QuestionOut:
    """Propose what everybody may read."""
    await propose_publication(
        desk.session,
        desk.rules,
        desk.caller,
        desk.question,
        Proposed(**body.model_dump(include={one.name for one in fields(Proposed)})),
        version=body.version,
        with_name=body.with_name,
        doubts_seen=body.doubts_seen,
        now=desk.now,
    )
    return await shown(desk)


async def _decided(desk: Desk, action: Action, version: int, reason: str) -> QuestionOut:
    await decide_publication(
        desk.session,
        desk.rules,
        desk.caller,
        desk.question,
        action,
        version=version,
        reason=reason,
        now=desk.now,
    )
    return await shown(desk)


@router.post("/publication/confirmation", dependencies=PUBLISH, status_code=201)
async def confirm(desk: DeskDep, body: ConfirmationBody) -> QuestionOut:
    """Look a second time and publish."""
    return await _decided(desk, Action.CONFIRMATION, body.version, body.note)


@router.post("/publication/refusal", dependencies=PUBLISH, status_code=201)
async def refuse(desk: DeskDep, body: ReasonBody) -> QuestionOut:
    """Refuse a proposed publication."""
    return await _decided(desk, Action.PUBLICATION_REFUSAL, body.version, body.reason)


@router.post("/publication/withdrawal", dependencies=PUBLISH, status_code=201)
async def withdraw(desk: DeskDep, body: ReasonBody) -> QuestionOut:
    """Take an answer off the public page."""
    return await _decided(desk, Action.WITHDRAWAL, body.version, body.reason)
