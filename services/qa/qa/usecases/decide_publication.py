"""Somebody else looks at what is to be published, and publishes or refuses it; or takes it off again."""

from datetime import datetime
from typing import Final

from common.outbox import record
from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from qa import queries
from qa.domain import Action, Deed, PublicationState, QuestionRules
from qa.domain.publication import ANSWERS
from qa.events import AnswerPublished, AnswerWithdrawn
from qa.models import Question

_ENDS: Final = {
    Action.CONFIRMATION: (PublicationState.PUBLISHED, Deed.PUBLISHED, AnswerPublished),
    Action.PUBLICATION_REFUSAL: (PublicationState.REFUSED, Deed.PUBLICATION_REFUSED, None),
    Action.WITHDRAWAL: (PublicationState.WITHDRAWN, Deed.WITHDRAWN, AnswerWithdrawn),
}


async def decide_publication(
    session: AsyncSession,
    rules: QuestionRules,
    caller: Caller,
    question: Question,
    action: Action,
    *,
    version: int,
    reason: str,
    now: datetime,
) -> None:
    """Publish, refuse or withdraw; who proposed the texts does not confirm them, and they are checked once more.

    Raises:
        ForbiddenError, StaleVersionError, ActionNotAllowedError, PublicationOffError: not by this caller, or not now.
        SecondLookNeededError: the caller proposed it.
        PersonalDataLeftError: the texts tell who asked, by what is found now.

    Source: TN Đ.16.1; QT Đ.24.4; R-QNA-22
    """
    question.expect_to(action, caller, rules, version)
    if action is Action.CONFIRMATION:
        ANSWERS.expect(question.public, question.asker)
    state, deed, fact = _ENDS[action]
    decided = {"state": state.value, "decided_by": caller.subject, "decided_at": now.isoformat()}
    question.publication = {**(question.publication or {}), **decided, "reason": reason}
    session.add(question.line(deed, caller.subject, now, reason=reason))
    if fact is None:
        await session.flush()
        return
    question.published_no = await queries.next_publication(session)
    told = question.tell(fact, now)
    await session.flush()
    await record(session, told)
