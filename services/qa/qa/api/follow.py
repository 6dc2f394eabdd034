"""Following a question: by its key without an account, or in the account."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from common.api import CallerDep, IdempotencyDep, Page
from common.api.deps import only_for
from common.errors import UnauthenticatedError
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from regulation.roles import Right, who_may

from qa import queries
from qa.api.asking import AskedOut, asked_out, expect_signed_in
from qa.api.attachment_out import AttachmentOut, FilesBody, files_out
from qa.api.deps import BuiltDep, Number, ProofsDep, Visit, VisitDep
from qa.api.patience import QUESTIONS
from qa.api.shapes import (
    AnswerTextOut,
    ClockOut,
    InterimOut,
    RefusalOut,
    answer_out,
    clock_out,
    interim_out,
    refusal_out,
    topic_said,
)
from qa.domain import Deed, State
from qa.models import Question
from qa.usecases.ask_supplement import ask_supplement
from qa.usecases.attach_files import attach_files

router = APIRouter(prefix="/api/qa", tags=["following"])
OWN = [only_for(who_may(Right.FOLLOW_QUESTION))]
SEEN = frozenset(
    {
        Deed.ASKED,
        Deed.FORWARDED,
        Deed.RETURNED,
        Deed.RECALLED,
        Deed.EXTENDED,
        Deed.RELEASED,
        Deed.REFUSED,
        Deed.PUBLISHED,
        Deed.WITHDRAWN,
        Deed.MOVED,
    }
)
"""What of the history concerns the asker."""


class StepOut(BaseModel):
    """A step the asker sees: when, what, with whom."""

    at: datetime
    label: str
    agency_name: str


class FollowedOut(BaseModel):
    """A question as its asker sees it; `moved_to` is the feedback it went on as, opened by the same key or account.

    `told_by` says how the asker hears of it: by the `account`, by `email`, or by nothing but the `link`.
    """

    number: str
    state: str
    state_label: str
    title: str
    text: str
    topic_label: str
    agency_name: str
    asked_at: datetime
    clock: ClockOut | None
    interim: list[InterimOut]
    refusal: RefusalOut | None
    answer: AnswerTextOut | None
    history: list[StepOut]
    files: list[AttachmentOut]
    follows: str | None
    supplements: list[str]
    published: bool
    moved_to: str | None
    told_by: str
    actions: list[str]


class OwnRowOut(BaseModel):
    """A question in the list of an account."""

    number: str
    title: str
    state: str
    state_label: str
    asked_at: datetime
    due_at: datetime | None
    answered_at: datetime | None


class OwnPageOut(Page[OwnRowOut]):
    """A page of an account's questions, newest first."""


class KeyBody(BaseModel):
    """The key that came with a question."""

    key: str = Field(min_length=20, max_length=100)


class SupplementBody(FilesBody):
    """A supplementary question."""

    text: str = Field(max_length=100_000)
    warnings_seen: bool = False


class KeyedSupplementBody(SupplementBody, KeyBody):
    """A supplementary question of somebody without an account."""


async def followed(visit: Visit, question: Question) -> FollowedOut:
    """Describe a question to its asker: its state, its running clock, what was answered. Source: R-QNA-25"""
    lines = await queries.lines_of(visit.session, question.number)
    codes = {question.agency or "", *(line.agency for line in lines)}
    names = await queries.agency_names(visit.session, codes, visit.lang)
    running = [
        clock
        for clock in await queries.clocks_of(visit.session, question.number)
        if clock.ended_at is None and clock.kind == question.clock
    ]
    here = names.get(question.agency or "", "")
    return FollowedOut(
        number=question.number,
        state=question.state,
        state_label=State(question.state).said(visit.lang),
        title=question.title,
        text=question.text,
        topic_label=topic_said(question.topic, visit.lang),
        agency_name=here,
        asked_at=question.asked_at,
        clock=clock_out(running[0], visit.rules, names, visit.lang, visit.now) if running else None,
        interim=interim_out(question),
        refusal=refusal_out(question, visit.lang),
        answer=answer_out(question, here, visit.lang),
        history=[
            StepOut(
                at=line.at, label=Deed(line.deed).said(visit.lang), agency_name=names.get(line.agency, "")
            )
            for line in lines
            if line.deed in SEEN
        ],
        files=await files_out(visit.session, question.number),
        follows=question.follows,
        supplements=list(await queries.supplements_of(visit.session, question.number)),
        moved_to=next((line.more.get("feedback") for line in lines if line.deed == Deed.MOVED), None),
        told_by=question.told_by,
        published=bool(question.publication and question.publication["state"] == "published"),
        actions=["supplements"] if question.state == State.ANSWERED and question.asker else [],
    )


@router.post("/follow-ups")
async def by_key(visit: VisitDep, body: KeyBody) -> FollowedOut:
    """Show a question to whoever has its key."""
    found = await queries.by_key(visit.session, body.key)
    told = await followed(visit, found)
    return told if found.owner is None else told.model_copy(update={"actions": []})


@dataclass(frozen=True)
class Again:
    """A supplementary question on its way in: counted, replayed, remembered like a first one."""

    visit: VisitDep
    idem: IdempotencyDep
    built: BuiltDep
    request: Request
    proofs: ProofsDep

    async def ask(self, first: Question, body: SupplementBody) -> AskedOut | JSONResponse:
        """Take it, or give the first answer to a repeat."""
        visit, patience = self.visit, self.built.patience
        expect_signed_in(visit, first.owner)
        if hit := await self.idem.replay(visit.session):
            return hit
        async with patience.trying(self.request, QUESTIONS):
            number, birth = await ask_supplement(
                visit.session,
                visit.rules,
                first,
                body.text,
                visit.now,
                seen=body.warnings_seen,
                proofs=self.proofs,
            )
            await attach_files(visit.session, body.files, number, visit.now)
        out = asked_out(number, birth)
        await self.idem.remember(visit.session, 201, out)
        return out


AgainDep = Annotated[Again, Depends()]


@router.post("/follow-ups/supplements", status_code=201, response_model=AskedOut)
async def supplement_by_key(again: AgainDep, body: KeyedSupplementBody) -> AskedOut | JSONResponse:
    """Put a supplementary question to an answer, by its key; one of an account is put in the account alone.

    Otherwise whoever is barred by what its account proved would ask on without it. Raises: UnauthenticatedError.
    """
    first = await queries.by_key(again.visit.session, body.key)
    if first.owner is not None:
        raise UnauthenticatedError
    return await again.ask(first, body)


@router.get("/own-questions", dependencies=OWN)
async def own_questions(
    *,
    visit: VisitDep,
    caller: CallerDep,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(max_length=400)] = None,
) -> OwnPageOut:
    """List the questions of the account, newest first."""
    found = await queries.own_page(visit.session, caller.subject, limit=limit, cursor=cursor)
    rows = [
        OwnRowOut(
            number=one.number,
            title=one.title,
            state=one.state,
            state_label=State(one.state).said(visit.lang),
            asked_at=one.asked_at,
            due_at=one.due_at,
            answered_at=one.answered_at,
        )
        for one in found.items
    ]
    return OwnPageOut(items=rows, total=found.total, next=found.next)


async def _own(question: Number, visit: VisitDep, caller: CallerDep) -> Question:
    return await queries.own_question(visit.session, caller.subject, question)


OwnDep = Annotated[Question, Depends(_own)]


@router.get("/own-questions/{question}", dependencies=OWN)
async def own_question(visit: VisitDep, found: OwnDep) -> FollowedOut:
    """Show a question of the account."""
    return await followed(visit, found)


@router.post(
    "/own-questions/{question}/supplements", dependencies=OWN, status_code=201, response_model=AskedOut
)
async def supplement_own(again: AgainDep, found: OwnDep, body: SupplementBody) -> AskedOut | JSONResponse:
    """Put a supplementary question to an answer in the account."""
    return await again.ask(found, body)
