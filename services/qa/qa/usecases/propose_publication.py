"""Somebody prepares what everybody may read of a question and its answer."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from common.security import Caller
from regulation.text import cleaned, cleaned_line
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain import Action, Deed, PublicationState, QuestionRules
from qa.domain.asker import name_of
from qa.domain.errors import NoConsentError, PublicationDoubtfulError
from qa.domain.masking import doubtful_in, expect_publishable, own_words
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
    doubts_seen: bool,
    now: datetime,
) -> None:
    """Keep the masked texts until somebody else looked at them.

    What the asker said of itself stands nowhere, numbers and e-mails only in the answer, which may name the agency's.

    Raises:
        ForbiddenError, StaleVersionError, ActionNotAllowedError, PublicationOffError: not by this caller, or not now.
        PersonalDataLeftError, PublicationDoubtfulError: something still tells of somebody, or may.
        NoConsentError: the asker did not agree to show the name.

    Source: TN Đ.16.1; QT Đ.24.4; R-QNA-22
    """
    question.expect_to(Action.PUBLICATION, caller, rules, version)
    if with_name and not question.consent_name:
        raise NoConsentError(field="with_name", rule="consent")
    told = _masked(question, title, text if rules.publishes_questions else "", answer, seen=doubts_seen)
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


def _masked(question: Question, title: str, text: str, answer: str, *, seen: bool) -> dict[str, str]:
    told = {"title": cleaned_line(title), "question": cleaned(text), "answer": cleaned(answer)}
    expect_publishable(told, question.asker)
    if not seen:
        _expect_certain(told, own_words(question.asker))
    return told


def _expect_certain(told: Mapping[str, str], own: Sequence[str]) -> None:
    for field, text in told.items():
        if found := doubtful_in(field, text, own):
            places = ", ".join(one.text for one in found[:10])
            raise PublicationDoubtfulError(field=field, rule="doubtful", found=places)
