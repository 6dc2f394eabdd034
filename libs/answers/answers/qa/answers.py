"""Qa: its answers about answers."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import date, datetime

from answers.answer import Answer
from answers.qa.parts import CitationOut


class AnswerRowOut(Answer):
    """A public answer in a list."""

    agency: str
    agency_name: str
    answered_at: datetime
    extract: str
    number: str
    procedure: str | None
    title: str
    topic: str
    topic_label: str


class AnswerPageOut(Answer):
    """A page of public answers; `note` says why nothing was found."""

    items: tuple[AnswerRowOut, ...]
    next: str | None = None
    note: str | None
    total: int


class PublicAnswerOut(Answer):
    """A public question and answer; nothing personal of the asker but a name with consent."""

    agency: str
    agency_name: str
    answered_at: datetime
    asked_on: date
    asker_name: str | None
    citations: tuple[CitationOut, ...]
    email: str
    full_name: str
    no_citation_reason: str
    number: str
    phone: str
    position: str
    procedure: str | None
    question: str
    reuse_terms: str
    standing_notice: str
    text: str
    title: str
    topic: str
    topic_label: str
