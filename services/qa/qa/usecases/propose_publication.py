"""Somebody prepares what everybody may read of a question and its answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from common.security import Caller
from regulation.text import cleaned, cleaned_line
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain import Action, Deed, PublicationState, QuestionRules
from qa.domain.asker import name_of
from qa.domain.errors import NameUnprovenError, NoConsentError
from qa.domain.publication import ANSWERS, mended_citations
from qa.models import Question


@dataclass(frozen=True)
class Proposed:
    """What everybody is to read; what the answer rests on as the machine masks it, where nobody mended that."""

    title: str
    question: str
    answer: str
    no_citation_reason: str | None = None
    citations: Sequence[Mapping[str, str | None]] | None = None


async def propose_publication(
    session: AsyncSession,
    rules: QuestionRules,
    caller: Caller,
    question: Question,
    proposed: Proposed,
    *,
    version: int,
    with_name: bool,
    doubts_seen: bool,
    now: datetime,
) -> None:
    """Keep the masked texts until somebody else looked at them.

    What the asker said of itself stands nowhere, numbers and e-mails only in the answer, which may name the agency's.

    Raises:
        ForbiddenError, StaleVersionError, ActionNotAllowedError, PublicationOffError: not by this caller, or not now.
        PersonalDataLeftError, PublicationDoubtfulError: something still tells of somebody, or may.
        NoConsentError, NameUnprovenError: the asker did not agree to show the name, or nothing proves it.

    Source: TN Đ.16.1; QT Đ.24.4; R-QNA-22
    """
    question.expect_to(Action.PUBLICATION, caller, rules, version)
    if with_name:
        _expect_name(question)
    told = _texts(question, proposed, whole=rules.publishes_questions)
    ANSWERS.expect_seen({**question.public, **told}, question.asker, seen=doubts_seen)
    question.publication = {
        **told,
        "state": PublicationState.PROPOSED.value,
        "with_name": with_name,
        "name": name_of(question.asker or {}) if with_name else "",
        "by": caller.subject,
        "at": now.isoformat(),
        "reason": "",
    }
    session.add(question.line(Deed.PUBLICATION_PROPOSED, caller.subject, now))
    await session.flush()


def _expect_name(question: Question) -> None:
    if not question.consent_name:
        raise NoConsentError(field="with_name", rule="consent")
    if question.owner is None:
        raise NameUnprovenError(field="with_name", rule="account")


def _texts(question: Question, proposed: Proposed, *, whole: bool) -> dict[str, Any]:
    """Return the texts in their stored form."""
    answer = question.answer or {}
    ready = ANSWERS.suggested(answer, question.asker)
    reason, cited = proposed.no_citation_reason, ready["citations"]
    if proposed.citations is not None:
        cited = mended_citations(cited, proposed.citations)
    return {
        "title": cleaned_line(proposed.title),
        "question": cleaned(proposed.question) if whole else "",
        "answer": cleaned(proposed.answer),
        "no_citation_reason": ready["no_citation_reason"] if reason is None else cleaned(reason),
        "citations": cited,
    }
