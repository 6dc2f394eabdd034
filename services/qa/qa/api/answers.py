"""Public answers for everybody: found in plain words, and read one by one."""

from datetime import date, datetime
from typing import Annotated

from common.api import DatabaseDep, Page
from common.cursors import read_cursor, write_cursor
from common.errors import NotFoundError
from fastapi import APIRouter, Query
from pydantic import BaseModel
from regulation.zone import local_day

from qa import queries
from qa.api.asking import REUSE
from qa.api.deps import BuiltDep, Number, Visit, VisitDep
from qa.api.shapes import CitationOut, topic_said
from qa.domain.answering import NOTICE
from qa.queries.answer_index import Card, card_of
from qa.queries.answers import count_answers, public_answer, public_answers, still_public

router = APIRouter(prefix="/api/qa", tags=["answers"])
MOST_RANKS = 10**9
Narrowed = Annotated[str, Query(max_length=200)]


class AnswerRowOut(BaseModel):
    """A public answer in a list."""

    number: str
    title: str
    topic: str
    topic_label: str
    agency: str
    agency_name: str
    procedure: str | None
    answered_at: datetime
    extract: str


class AnswerPageOut(Page[AnswerRowOut]):
    """A page of public answers; `note` says why nothing was found."""

    note: str | None


class PublicAnswerOut(BaseModel):
    """A public question and answer; nothing personal of the asker but a name with consent."""

    number: str
    title: str
    topic: str
    topic_label: str
    agency: str
    agency_name: str
    procedure: str | None
    asked_on: date
    question: str
    asker_name: str | None
    text: str
    citations: list[CitationOut]
    no_citation_reason: str
    full_name: str
    position: str
    phone: str
    email: str
    answered_at: datetime
    standing_notice: str
    reuse_terms: str


@router.get("/answers")
async def answers(
    *,
    visit: VisitDep,
    built: BuiltDep,
    database: DatabaseDep,
    q: Annotated[str, Query(max_length=300)] = "",
    topic: Narrowed = "",
    agency: Narrowed = "",
    procedure: Narrowed = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str | None, Query(max_length=400)] = None,
) -> AnswerPageOut:
    """Find public answers in plain words, or list the newest. Source: TN Đ.16.1; QT Đ.24.4; R-QNA-22"""
    if not visit.rules.publishes_answers:
        return AnswerPageOut(items=[], total=0, note=None)
    narrowed = {"topic": topic, "agency": agency, "procedure": procedure}
    if q.strip():
        begin = read_cursor(cursor, _rank)[0] if cursor else 0
        found = await built.index.find(database, q, **narrowed)
        rows = await _rows(visit, found.cards[begin : begin + limit])
        more = write_cursor(begin + limit) if len(found.cards) > begin + limit else None
        note = found.note[visit.lang] if found.note else None
        return AnswerPageOut(items=rows, total=len(found.cards), next=more, note=note)
    total = await built.index.count(database, **narrowed)  # before a transaction is begun
    if total is None:
        total = await count_answers(visit.session, **narrowed)
    page = await public_answers(visit.session, **narrowed, limit=limit, cursor=cursor)
    cards = [card for one in page.items if (card := card_of(one))]
    return AnswerPageOut(items=await _rows(visit, cards), total=total, next=page.next, note=None)


def _rank(told: object) -> int:
    """Read at which rank a page begins. Raises: ValueError."""
    if type(told) is not int or not 0 <= told <= MOST_RANKS:
        raise ValueError("no rank")
    return told


async def _rows(visit: Visit, cards: list[Card]) -> list[AnswerRowOut]:
    """Describe what is public at this moment: an index may be a moment behind."""
    still = await still_public(visit.session, [card.number for card in cards])
    names = await queries.agency_names(visit.session, {card.agency for card in cards}, visit.lang)
    return [
        AnswerRowOut(
            number=card.number,
            title=card.title,
            topic=card.topic,
            topic_label=topic_said(card.topic, visit.lang),
            agency=card.agency,
            agency_name=names.get(card.agency, card.agency),
            procedure=card.procedure,
            answered_at=card.answered_at,
            extract=card.extract,
        )
        for card in cards
        if card.number in still
    ]


@router.get("/answers/{question}")
async def one_answer(visit: VisitDep, question: Number) -> PublicAnswerOut:
    """Read a public answer."""
    if not visit.rules.publishes_answers:
        raise NotFoundError
    found = await public_answer(visit.session, question)
    names = await queries.agency_names(visit.session, {found.agency or ""}, visit.lang)
    told = found.public
    kept = ("no_citation_reason", "full_name", "position", "phone", "email")
    return PublicAnswerOut(
        number=found.number,
        title=told["title"],
        topic=found.topic,
        topic_label=topic_said(found.topic, visit.lang),
        agency=found.agency or "",
        agency_name=names.get(found.agency or "", ""),
        procedure=found.procedure,
        asked_on=local_day(found.asked_at),
        question=told["question"],
        asker_name=told.get("name") if told["with_name"] else None,
        text=told["answer"],
        citations=[CitationOut(**one) for one in told["citations"]],
        **{name: told[name] for name in kept},
        answered_at=found.answered_at or found.asked_at,
        standing_notice=NOTICE[visit.lang],
        reuse_terms=REUSE[visit.lang] if visit.rules.publishes_questions else "",
    )
