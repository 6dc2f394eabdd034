"""Drafts of an answer as officers see them: the one there is, and those a leader mended as they came."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel

from qa.api.shapes import CitationOut
from qa.domain import Deed
from qa.models import Line, Question
from qa.models.base import Json


class SentBackOut(BaseModel):
    """What the leader wants changed in a draft."""

    reason: str
    by_name: str
    at: datetime


class DraftTextOut(BaseModel):
    """What a draft said, by whom and when."""

    text: str
    citations: list[CitationOut]
    no_citation_reason: str
    by_name: str
    at: datetime


class MendedOut(BaseModel):
    """Who changed a draft that somebody else submitted."""

    by_name: str
    at: datetime


class DraftOut(DraftTextOut):
    """An answer that is not released yet."""

    sent_back: SentBackOut | None
    mended: MendedOut | None


def draft_out(question: Question, people: dict[str, str]) -> DraftOut | None:
    """Describe the draft; None where there is none."""
    told = question.draft
    if told is None:
        return None
    mended = told.get("mended")
    return DraftOut(
        **_words(told, people),
        sent_back=_sent_back(question, people),
        mended=MendedOut(by_name=people.get(mended["by"], mended["by"]), at=mended["at"]) if mended else None,
    )


def _words(told: Json, people: dict[str, str]) -> Json:
    return {
        "text": told["text"],
        "citations": [CitationOut(**one) for one in told["citations"]],
        "no_citation_reason": told["no_citation_reason"],
        "by_name": people.get(told["by"], told["by"]),
        "at": told["at"],
    }


def as_they_came(lines: Sequence[Line]) -> list[Json]:
    """Return the drafts as they were before a leader mended them; those that were erased are left out."""
    return [line.more["draft"] for line in lines if line.deed == Deed.DRAFT_MENDED and line.more.get("draft")]


def mended_drafts(lines: Sequence[Line], people: dict[str, str]) -> list[DraftTextOut]:
    """Describe drafts as they were before a leader mended them. Source: R-QNA-20; R-QNA-24"""
    return [DraftTextOut(**_words(one, people)) for one in as_they_came(lines)]


def _sent_back(question: Question, people: dict[str, str]) -> SentBackOut | None:
    told = question.sent_back
    if told is None:
        return None
    return SentBackOut(reason=told["reason"], by_name=people.get(told["by"], told["by"]), at=told["at"])
