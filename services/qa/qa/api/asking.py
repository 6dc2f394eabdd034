"""Asking: what the province wants to know, and the question itself."""

from dataclasses import fields
from functools import partial
from typing import Annotated, Any, Final

from common.api import DatabaseDep, IdempotencyDep
from common.errors import DomainError, UnauthenticatedError
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from regulation.clock.by_profile import Term
from regulation.text import Lang

from qa.api.attachment_out import FilesBody, FileTermsOut
from qa.api.deps import BuiltDep, OwnerDep, ProofsDep, Visit, VisitDep
from qa.api.patience import QUESTIONS
from qa.api.shapes import topic_said
from qa.domain import UNSURE, AskerKind, ClockKind, QuestionRules
from qa.domain.answering import NOTICE
from qa.domain.asking import LONGEST_TEXT, LONGEST_TITLE
from qa.domain.grounds import grounds_here
from qa.models import Birth, Birthplace
from qa.queries.guidance import guidance
from qa.usecases.ask_question import Wish, ask_question
from qa.usecases.attach_files import attach_files

router = APIRouter(prefix="/api/qa", tags=["asking"])
REUSE: Final = {
    "vi": "Được dùng lại, chia sẻ khi ghi rõ nguồn, cơ quan và ngày trả lời, giữ nguyên nội dung và lưu ý kèm theo.",
    "en": "May be reused and shared with source, agency and day of the answer named, unchanged and with its notice.",
}
"""Source: TN Đ.16.2; R-QNA-23"""
_UNSURE: Final = ("Không rõ, hoặc việc khác", "Not sure, or something else")
_DEADLINES: Final = {
    "triage": ("Chuyển câu hỏi đến cơ quan trả lời", "Forwarding to the agency that answers"),
    "own": ("Trả lời, nếu một cơ quan trả lời được", "The answer, where one agency can give it"),
    "cross_sector": (
        "Trả lời, nếu cần ý kiến nhiều ngành",
        "The answer, where several sectors must be asked",
    ),
    "special": ("Trường hợp đặc biệt, nhiều nhất", "In a special case, at most"),
}


class ChoiceOut(BaseModel):
    """One thing to choose."""

    value: str
    label: str


class GroundOut(ChoiceOut):
    """A ground of refusal, with where its asker usually has to turn to."""

    channel: str


class DeadlineOut(BaseModel):
    """A time limit of the province in words."""

    key: str
    label: str
    said: str


class TermsOut(BaseModel):
    """What the province asks of who asks, and how it answers."""

    enabled: bool
    login_required: bool
    text_rules: bool
    feedback_here: bool
    effective_date: bool
    publishes: str
    topics: list[ChoiceOut]
    topic_unsure: ChoiceOut | None
    forms: dict[str, dict[str, Any]]
    longest_title: int
    longest_text: int
    standing_notice: str
    guidance: str
    guidance_edition: int
    deadlines: list[DeadlineOut]
    refusal_grounds: list[GroundOut]
    reuse_terms: str
    files: FileTermsOut


@router.get("/terms")
async def terms(visit: VisitDep, built: BuiltDep) -> TermsOut:
    """Say what the province asks of who asks. Source: TN Đ.24.4; NB Đ.18; R-QNA-02; R-QNA-07; R-QNA-26"""
    rules, lang = visit.rules, visit.lang
    told = await guidance(visit.session)
    return TermsOut(
        enabled=rules.enabled,
        login_required=rules.login_required,
        text_rules=rules.text_rules,
        feedback_here=rules.feedback_here,
        effective_date=rules.effective_date,
        publishes=rules.publishes,
        topics=[ChoiceOut(value=one, label=topic_said(one, lang)) for one in rules.topics],
        topic_unsure=None if UNSURE in rules.topics else ChoiceOut(value=UNSURE, label=_UNSURE[lang == "en"]),
        forms={kind.value: dict(rules.definitions[kind]) for kind in AskerKind},
        longest_title=LONGEST_TITLE,
        longest_text=LONGEST_TEXT,
        standing_notice=NOTICE[lang],
        guidance=(told.vi if lang == "vi" else told.en or told.vi) if told else "",
        guidance_edition=told.edition if told else 0,
        deadlines=_deadlines(rules, lang),
        refusal_grounds=[
            GroundOut(value=one, label=one.said(lang), channel=one.channel(lang))
            for one in grounds_here(feedback_here=rules.feedback_here)
        ],
        reuse_terms=REUSE[lang] if rules.publishes_questions else "",
        files=FileTermsOut.of(built.reception.limits),
    )


def _deadlines(rules: QuestionRules, lang: Lang) -> list[DeadlineOut]:
    terms: dict[str, Term] = {"triage": rules.terms[ClockKind.TRIAGE]}
    terms |= {kind.value: term for kind, term in rules.answers.items()}
    return [
        DeadlineOut(key=key, label=_DEADLINES[key][lang == "en"], said=limit.amount.words(lang))
        for key, limit in terms.items()
        if limit.amount
    ]


class AskBody(FilesBody):
    """A question with what the province asks of its asker."""

    asker_kind: AskerKind
    values: Annotated[dict[str, Any], Field(max_length=40)]
    topic: str = Field(max_length=40)
    agency: str | None = Field(default=None, max_length=200)
    procedure: str | None = Field(default=None, max_length=200)
    title: str = Field(max_length=2_000)
    text: str = Field(max_length=100_000)
    consent_name: bool = False
    warnings_seen: bool = False


class AskedOut(BaseModel):
    """What the asker gets back: the number to name, the key to follow it by, and when it is sorted.

    `account` says whether an account follows it: otherwise the key is the only way to it.
    """

    number: str
    key: str
    account: bool
    asked_at: Any
    due_at: Any
    warnings: list[str]


def asked_out(number: str, birth: Birth) -> AskedOut:
    """Describe a question that was just asked; its key is told here and never again."""
    return AskedOut(number=number, **birth.answer)


def expect_signed_in(visit: Visit, owner: str | None) -> None:
    """Refuse who has no account where the province wants one. Raises: UnauthenticatedError."""
    if visit.rules.login_required and owner is None:
        raise UnauthenticatedError


@router.post("/questions", status_code=201, response_model=AskedOut)
async def ask(
    *,
    visit: VisitDep,
    owner: OwnerDep,
    proofs: ProofsDep,
    idem: IdempotencyDep,
    built: BuiltDep,
    database: DatabaseDep,
    request: Request,
    body: AskBody,
) -> AskedOut | JSONResponse:
    """Ask a question; nobody needs an account for it unless the province says so."""
    expect_signed_in(visit, owner)
    wish = Wish(**{one.name: getattr(body, one.name) for one in fields(Wish)})
    within = visit.session if body.files else None  # with files it is several statements, and one transaction
    place, carry = Birthplace(database, within), partial(idem.carried, ring=database.ring)
    try:
        async with built.patience.trying(request, QUESTIONS):
            number, birth = await ask_question(
                place, visit.rules, wish, owner, visit.now, carry=carry, proofs=proofs
            )
            await attach_files(visit.session, body.files, number, visit.now)
    except DomainError:
        await visit.session.rollback()
        if hit := await idem.first(visit.session):
            return hit
        raise
    return asked_out(number, birth)
