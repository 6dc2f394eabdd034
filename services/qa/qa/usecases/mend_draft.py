"""The leader mends a draft before it is released."""

from collections.abc import Sequence
from datetime import datetime

from common.security import Caller
from regulation.text import cleaned_line
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain import Action, Deed, QuestionRules
from qa.domain.answering import Citation, checked_citations, tidy_answer
from qa.domain.errors import DraftNotMendedError
from qa.models import Question

WORDS = ("text", "citations", "no_citation_reason")


async def mend_draft(
    session: AsyncSession,
    rules: QuestionRules,
    caller: Caller,
    question: Question,
    *,
    version: int,
    text: str,
    citations: Sequence[Citation],
    no_citation_reason: str,
    now: datetime,
) -> None:
    """Change a submitted draft; it stays whose it was, and as it came it stands in the history.

    Raises:
        ForbiddenError, StaleVersionError, ActionNotAllowedError: not by this caller, or not now.
        InvalidInputError, CitationsMissingError: the draft lacks something now.
        DraftNotMendedError: nothing was changed.

    Source: NB Đ.18.3.a; R-QNA-20; R-QNA-24
    """
    question.expect_to(Action.DRAFT_MENDING, caller, rules, version)
    cited = checked_citations(citations, no_citation_reason, effective_date=rules.effective_date, whole=True)
    before = question.draft or {}
    after = {
        "text": tidy_answer(text),
        "citations": [one.kept() for one in cited],
        "no_citation_reason": cleaned_line(no_citation_reason),
    }
    if all(before[name] == after[name] for name in WORDS):
        raise DraftNotMendedError(field="text", rule="unchanged")
    came = {name: before[name] for name in (*WORDS, "by", "at")}
    question.draft = {**before, **after, "mended": {"by": caller.subject, "at": now.isoformat()}}
    session.add(question.line(Deed.DRAFT_MENDED, caller.subject, now, draft=came))
    await session.flush()
