"""What the agency does with a question: return it, draft, take longer; and what its leader releases."""

from typing import Annotated, Any

from common.api import CallerDep
from common.api.deps import only_for
from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, StringConstraints
from regulation.days import Day
from regulation.roles import Right, who_may
from regulation.typed import Tidied, Typed

from qa.api.deps import DeskDep, VisitDep
from qa.api.question_out import QuestionOut, shown
from qa.api.shapes import CitationOut
from qa.api.triage import MaybeWords, VersionBody, Words
from qa.domain import AnswerKind
from qa.domain.answering import Citation, Leader
from qa.queries.citations import Cited, cited_before
from qa.usecases.change_kind import change_kind
from qa.usecases.draft_answer import draft_answer
from qa.usecases.extend_answer import extend_answer
from qa.usecases.mend_draft import mend_draft
from qa.usecases.release_answer import release_answer
from qa.usecases.return_question import return_question
from qa.usecases.send_back_draft import send_back_draft
from qa.usecases.withdraw_draft import withdraw_draft

router = APIRouter(prefix="/api/qa/questions/{question}", tags=["answering"])
suggesting = APIRouter(prefix="/api/qa", tags=["answering"])
HANDLE = [only_for(who_may(Right.HANDLE_QUESTION))]
RELEASE = [only_for(who_may(Right.RELEASE_ANSWER))]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300), Tidied]


class ReturnBody(VersionBody):
    """Why a question is returned, and to whom it belongs as far as is known."""

    reason: Words
    better_agency: str | None = Field(default=None, max_length=40)


class KindBody(VersionBody):
    """How much an answer takes, and why."""

    kind: AnswerKind
    reason: Words


class ExtensionBody(VersionBody):
    """Why an answer takes longer, and what the asker is told meanwhile."""

    reason: Words
    interim_reply: Annotated[Typed, StringConstraints(strip_whitespace=True, min_length=20, max_length=5000)]


class CitationBody(BaseModel):
    """A legal text: number and symbol, extract, issuer, days."""

    number: Line
    title: Line = ""
    issuer: Line = ""
    issued_on: Day | None = None
    effective_on: Day | None = None


class AnswerBody(VersionBody):
    """An answer with what it rests on."""

    text: str = Field(max_length=100_000)
    citations: list[CitationBody] = Field(default=[], max_length=50)
    no_citation_reason: MaybeWords = ""

    @property
    def words(self) -> dict[str, Any]:
        """Give what it says, as use cases take it."""
        cited = [Citation(**one.model_dump()) for one in self.citations]
        return {"text": self.text, "citations": cited, "no_citation_reason": self.no_citation_reason}


class DraftBody(AnswerBody):
    """An answer as far as it is drafted; a submitted one is whole."""

    submit: bool = False


class DraftReturnBody(VersionBody):
    """What is to be changed in a draft."""

    reason: Words


class ReleaseBody(VersionBody):
    """Who answers, as everybody will read it."""

    full_name: Line
    position: Line
    phone: Line
    email: Line


class CitedOut(CitationOut):
    """A legal text that answers cited before, and how often; `near` says of the nearest whether it is about the same
    `procedure` as the question, under the same `topic`, or `other`."""

    used: int
    near: str

    @classmethod
    def of(cls, one: Cited) -> "CitedOut":
        """Describe a text."""
        return cls(**vars(one.text), used=one.used, near=one.near.name.lower())


@suggesting.get("/citations", dependencies=HANDLE)
async def cited(
    visit: VisitDep, caller: CallerDep, q: Annotated[str, Query(max_length=200)] = ""
) -> list[CitedOut]:
    """Suggest legal texts that earlier answers cited. Source: R-QNA-17"""
    return [CitedOut.of(one) for one in await cited_before(visit.session, caller, q)]


@router.get("/citations", dependencies=[only_for(who_may(Right.READ_QUESTIONS))])
async def cited_near(desk: DeskDep, q: Annotated[str, Query(max_length=200)] = "") -> list[CitedOut]:
    """Suggest legal texts for a question: those that answers about the same procedure or topic cited come first.

    Source: R-QNA-17
    """
    return [
        CitedOut.of(one) for one in await cited_before(desk.session, desk.caller, q, 40, about=desk.question)
    ]


@router.post("/return", dependencies=HANDLE, status_code=201)
async def give_back(desk: DeskDep, body: ReturnBody) -> QuestionOut:
    """Return a question that belongs elsewhere, or ask for it when the time is over."""
    await return_question(
        desk.session,
        desk.rules,
        desk.caller,
        desk.question,
        version=body.version,
        reason=body.reason,
        better_agency=body.better_agency,
        now=desk.now,
    )
    # What was returned is out of the agency's reach: the answer describes it as it left.
    return await shown(desk)


@router.post("/kind", dependencies=HANDLE, status_code=201)
async def classify(desk: DeskDep, body: KindBody) -> QuestionOut:
    """Say how much the answer takes."""
    await change_kind(
        desk.session,
        desk.rules,
        desk.caller,
        desk.question,
        version=body.version,
        kind=body.kind,
        reason=body.reason,
        now=desk.now,
    )
    return await shown(desk)


@router.post("/extension", dependencies=HANDLE, status_code=201)
async def extend(desk: DeskDep, body: ExtensionBody) -> QuestionOut:
    """Send an interim reply and take the longest time there is."""
    await extend_answer(
        desk.session,
        desk.rules,
        desk.caller,
        desk.question,
        version=body.version,
        reason=body.reason,
        interim_reply=body.interim_reply,
        now=desk.now,
    )
    return await shown(desk)


@router.put("/draft", dependencies=HANDLE)
async def draft(desk: DeskDep, body: DraftBody) -> QuestionOut:
    """Keep a draft, and pass it to the leader when it is submitted."""
    await draft_answer(
        desk.session,
        desk.rules,
        desk.caller,
        desk.question,
        version=body.version,
        **body.words,
        submit=body.submit,
        now=desk.now,
    )
    return await shown(desk)


@router.post("/draft-withdrawal", dependencies=HANDLE, status_code=201)
async def take_back(desk: DeskDep, body: VersionBody) -> QuestionOut:
    """Take the own submitted draft back."""
    await withdraw_draft(
        desk.session, desk.rules, desk.caller, desk.question, version=body.version, now=desk.now
    )
    return await shown(desk)


@router.post("/draft-mending", dependencies=RELEASE, status_code=201)
async def mend(desk: DeskDep, body: AnswerBody) -> QuestionOut:
    """Change a submitted draft before it is released; both versions are kept."""
    await mend_draft(
        desk.session,
        desk.rules,
        desk.caller,
        desk.question,
        version=body.version,
        **body.words,
        now=desk.now,
    )
    return await shown(desk)


@router.post("/draft-return", dependencies=RELEASE, status_code=201)
async def send_back(desk: DeskDep, body: DraftReturnBody) -> QuestionOut:
    """Give a draft back with what is to be changed."""
    await send_back_draft(
        desk.session,
        desk.rules,
        desk.caller,
        desk.question,
        version=body.version,
        reason=body.reason,
        now=desk.now,
    )
    return await shown(desk)


@router.post("/release", dependencies=RELEASE, status_code=201)
async def release(desk: DeskDep, body: ReleaseBody) -> QuestionOut:
    """Release the answer to its asker."""
    leader = Leader(**body.model_dump(exclude={"version"}))
    await release_answer(
        desk.session,
        desk.rules,
        desk.caller,
        desk.question,
        version=body.version,
        leader=leader,
        now=desk.now,
    )
    return await shown(desk)
