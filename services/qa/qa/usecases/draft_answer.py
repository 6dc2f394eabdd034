"""The agency drafts an answer and passes it to the leader."""

from collections.abc import Sequence
from datetime import datetime

from common.outbox import record
from common.security import Caller
from regulation.text import cleaned_line
from sqlalchemy.ext.asyncio import AsyncSession

from qa import queries
from qa.domain import Action, Deed, QuestionRules, State
from qa.domain.answering import Citation, checked_citations, tidy_answer
from qa.domain.errors import DraftUnchangedError
from qa.events import DraftSubmitted
from qa.models import Question


async def draft_answer(
    session: AsyncSession,
    rules: QuestionRules,
    caller: Caller,
    question: Question,
    *,
    version: int,
    text: str,
    citations: Sequence[Citation],
    no_citation_reason: str,
    submit: bool,
    now: datetime,
) -> None:
    """Keep a draft; one that is submitted is whole and waits for the leader, who is told.

    Raises:
        ForbiddenError, StaleVersionError, ActionNotAllowedError: not by this caller, or not now.
        InvalidInputError, CitationsMissingError: the draft lacks something.
        DraftUnchangedError: the leader gets what came back, as it was.

    Source: NB Đ.18.3.b; TN Đ.14.3; R-QNA-17; R-QNA-20
    """
    question.expect_to(Action.DRAFT, caller, rules, version)
    dated, told = rules.effective_date, tidy_answer(text)
    cited = checked_citations(citations, no_citation_reason, effective_date=dated, whole=submit)
    if submit:
        _expect_changed(question, told, cited)
    if submit or not question.goes_on_drafting(caller.subject):
        session.add(question.line(Deed.SUBMITTED if submit else Deed.DRAFT_SAVED, caller.subject, now))
    question.draft = {
        "text": told,
        "citations": [one.kept() for one in cited],
        "no_citation_reason": cleaned_line(no_citation_reason),
        "by": caller.subject,
        "at": now.isoformat(),
        "sent_back": None if submit else question.sent_back,
    }
    if submit:
        await _passed_on(session, question, now)
    await session.flush()


async def _passed_on(session: AsyncSession, question: Question, now: datetime) -> None:
    """Let the draft wait for the leaders, who are told."""
    question.state = State.DRAFTED
    leaders = await queries.leaders_of(session, question.agency or "")
    fact = question.tell(DraftSubmitted, now, due_at=question.due_at, tell=leaders)
    await session.flush()
    await record(session, fact)


def _expect_changed(question: Question, text: str, cited: Sequence[Citation]) -> None:
    before = question.draft or {}
    if question.sent_back and (before["text"], before["citations"]) == (text, [one.kept() for one in cited]):
        raise DraftUnchangedError(field="text", rule="unchanged")
