"""How a question is answered to whoever may see it, in the language of the request."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel
from regulation.calendar import CalendarGapError
from regulation.clock import Remaining
from regulation.text import Lang
from regulation.topics import TOPICS

from qa.domain import AnswerKind, AskerKind, ClockKind, Ground, Outcome, QuestionRules, State
from qa.domain.answering import NOTICE
from qa.models import Clock, Question


class CitationOut(BaseModel):
    """A legal text an answer rests on."""

    number: str
    title: str
    issuer: str
    issued_on: date | None
    effective_on: date | None


class AnswerTextOut(BaseModel):
    """An answer with who gave it, what it rests on and the standing notice."""

    text: str
    citations: list[CitationOut]
    no_citation_reason: str
    agency_name: str
    full_name: str
    position: str
    phone: str
    email: str
    answered_at: datetime
    standing_notice: str


class RefusalOut(BaseModel):
    """Why a question was refused and where to turn to."""

    ground: str
    ground_label: str
    reason: str
    channel: str
    at: datetime


class InterimOut(BaseModel):
    """What the asker was told meanwhile."""

    at: datetime
    text: str


class FoundOut(BaseModel):
    """A piece of text that may tell of a person."""

    field: str
    text: str
    kind: str


class ClockRowOut(BaseModel):
    """A line of a ledger: from, to, whether it counts and what it is."""

    start: str
    end: str
    counted: bool
    text: str


class ClockOut(BaseModel):
    """A due date that explains itself."""

    kind: str
    label: str
    owes: str
    started_at: datetime
    due_at: datetime
    ended_at: datetime | None
    held_from: datetime
    outcome: str | None
    outcome_label: str
    overdue: bool
    urgency: str | None
    left_minutes: int | None
    sentence: str
    rows: list[ClockRowOut]


class DeedOut(BaseModel):
    """A line of the history."""

    at: datetime
    deed: str
    label: str
    by_name: str
    agency_name: str
    reason: str


def answer_out(question: Question, agency_name: str, lang: Lang) -> AnswerTextOut | None:
    """Describe the answer; None while there is none. Source: R-QNA-16–R-QNA-18"""
    told = question.answer
    if told is None or question.answered_at is None:
        return None
    return AnswerTextOut(
        **{
            name: told[name]
            for name in ("text", "no_citation_reason", "full_name", "position", "phone", "email")
        },
        citations=[CitationOut(**one) for one in told["citations"]],
        agency_name=agency_name,
        answered_at=question.answered_at,
        standing_notice=NOTICE[lang],
    )


def refusal_out(question: Question, lang: Lang) -> RefusalOut | None:
    """Describe the refusal; None where there is none."""
    told = question.refusal
    return None if told is None else RefusalOut(**told, ground_label=Ground(told["ground"]).said(lang))


def interim_out(question: Question) -> list[InterimOut]:
    """Describe what the asker was told meanwhile."""
    return [InterimOut(at=one["at"], text=one["text"]) for one in question.interim]


def clock_out(
    clock: Clock, rules: QuestionRules, names: Mapping[str, str], lang: Lang, now: datetime
) -> ClockOut:
    """Explain a due date; what is left of it is told while it runs, and while the calendar knows."""
    told, left = clock.read(rules).explain(lang), left_of(clock, rules, now)
    return ClockOut(
        kind=clock.kind,
        label=ClockKind(clock.kind).said(lang),
        owes=names.get(clock.owes, clock.owes),
        started_at=clock.started_at,
        due_at=clock.due_at,
        ended_at=clock.ended_at,
        held_from=clock.held_from,
        outcome=clock.outcome,
        outcome_label=Outcome(clock.outcome).said(lang) if clock.outcome else "",
        overdue=clock.late(now),
        urgency=left.urgency.value if left else None,
        left_minutes=left.left if left else None,
        sentence=told.sentence,
        rows=[ClockRowOut(start=r.start, end=r.end, counted=r.counted, text=r.text) for r in told.rows],
    )


_SENT_BACK = ("Lãnh đạo yêu cầu sửa dự thảo", "The leader wants the draft changed")


def state_said(question: Question, lang: Lang) -> str:
    """Say to officers where a question stands: a draft that came back is no new question. Source: R-QNA-20"""
    back = State(question.state) is State.FORWARDED and question.sent_back is not None
    return _SENT_BACK[lang == "en"] if back else State(question.state).said(lang)


def left_of(clock: Clock, rules: QuestionRules, now: datetime) -> Remaining | None:
    """Return what is left of a running clock; None of one that ended, or on days the calendar does not know."""
    return None if clock.ended_at else left_before(clock.started_at, clock.due_at, rules, now)


def left_before(
    started_at: datetime | None, due_at: datetime | None, rules: QuestionRules, now: datetime
) -> Remaining | None:
    """Return what is left of a time; None where none runs, or on days the calendar does not know."""
    if started_at is None or due_at is None:
        return None
    try:
        return rules.reminder.remaining(started_at, due_at, now, rules.calendar)
    except CalendarGapError:
        return None


def labels_of(question: Question, lang: Lang) -> dict[str, Any]:
    """Say state, topic and kinds of a question in words."""
    return {
        "state": question.state,
        "state_label": state_said(question, lang),
        "topic": question.topic,
        "topic_label": topic_said(question.topic, lang),
        "kind": question.kind,
        "kind_label": AnswerKind(question.kind).said(lang) if question.kind else "",
    }


def topic_said(topic: str, lang: Lang) -> str:
    """Return a topic in words; one that is not known any more as it is. Source: R-QNA-07"""
    return TOPICS[topic][lang] if topic in TOPICS else topic


def asker_said(kind: str, lang: Lang) -> str:
    """Say whether a person or an organisation asks."""
    return AskerKind(kind).said(lang)
