"""Somebody prepares what everybody may read of a question and its answer."""

from datetime import datetime

from common.security import Caller
from regulation.text import cleaned, cleaned_line
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain import Action, Deed, PublicationState, QuestionRules
from qa.domain.asker import name_of
from qa.domain.errors import NoConsentError
from qa.domain.masking import expect_masked, expect_unnamed, own_words
from qa.models import Question


async def propose_publication(
    session: AsyncSession,
    rules: QuestionRules,
    caller: Caller,
    question: Question,
    *,
    version: int,
    title: str,
    text: str,
    answer: str,
    with_name: bool,
    now: datetime,
) -> None:
    """Keep the masked texts until somebody else looked at them.

    What the asker said of itself stands nowhere; telephone, identity number and e-mail not in title and question
    either, while an answer may name the agency's own.

    Raises:
        ForbiddenError, StaleVersionError, ActionNotAllowedError, PublicationOffError: not by this caller, or not now.
        PersonalDataLeftError: something still tells who asked.
        NoConsentError: the asker did not agree to show the name.

    Source: TN Đ.16.1; QT Đ.24.4; R-QNA-22
    """
    question.expect_to(Action.PUBLICATION, caller, rules, version)
    if with_name and not question.consent_name:
        raise NoConsentError(field="with_name", rule="consent")
    question.publication = {
        **_masked(question, title, text if rules.publishes_questions else "", answer),
        "state": PublicationState.PROPOSED.value,
        "with_name": with_name,
        "name": name_of(question.asker or {}) if with_name else "",
        "by": caller.subject,
        "at": now.isoformat(),
        "reason": "",
    }
    session.add(question.line(Deed.PUBLICATION_PROPOSED, caller.subject, now))
    await session.flush()


def _masked(question: Question, title: str, text: str, answer: str) -> dict[str, str]:
    told = {"title": cleaned_line(title), "question": cleaned(text), "answer": cleaned(answer)}
    own = own_words(question.asker)
    expect_masked({"title": told["title"], "question": told["question"]}, own)
    expect_unnamed("answer", told["answer"], own)
    return told
