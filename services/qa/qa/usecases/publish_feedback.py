"""The result of handling feedback is published without its sender, after a second look."""

from datetime import datetime
from typing import Final

from common.security import Caller
from regulation.text import cleaned, cleaned_line
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain import Deed, PublicationState, QuestionRules
from qa.domain.feedback import FeedbackAction
from qa.domain.publication import RESULTS
from qa.models import Feedback

_ENDS: Final = {
    FeedbackAction.CONFIRMATION: (PublicationState.PUBLISHED, Deed.PUBLISHED),
    FeedbackAction.PUBLICATION_REFUSAL: (PublicationState.REFUSED, Deed.PUBLICATION_REFUSED),
    FeedbackAction.WITHDRAWAL: (PublicationState.WITHDRAWN, Deed.WITHDRAWN),
}


async def publish_feedback(
    session: AsyncSession,
    rules: QuestionRules,
    caller: Caller,
    feedback: Feedback,
    *,
    version: int,
    title: str,
    text: str,
    result: str,
    doubts_seen: bool,
    now: datetime,
) -> None:
    """Keep the masked texts until somebody else looked at them.

    Raises:
        StaleVersionError, ForbiddenError, ActionNotAllowedError, PublicationOffError: not by this caller, or not now.
        AskerForgottenError: its sender was erased.
        PersonalDataLeftError, PublicationDoubtfulError: something still tells of somebody, or may.

    Source: QT Đ.24.4; TN Đ.6.2; R-FBK-13
    """
    feedback.expect(version)
    feedback.place(rules).expect(FeedbackAction.PUBLICATION, caller)
    told = {"title": cleaned_line(title), "text": cleaned(text), "result": cleaned(result)}
    RESULTS.expect_seen(told, feedback.said, seen=doubts_seen)
    feedback.publication = {
        **told,
        "state": PublicationState.PROPOSED.value,
        "by": caller.subject,
        "at": now.isoformat(),
        "reason": "",
    }
    session.add(feedback.line(Deed.PUBLICATION_PROPOSED, caller.subject, now))
    await session.flush()


async def decide_result(
    session: AsyncSession,
    rules: QuestionRules,
    caller: Caller,
    feedback: Feedback,
    action: FeedbackAction,
    *,
    version: int,
    reason: str = "",
    now: datetime,
) -> None:
    """Look a second time and publish or refuse; or take off what was published. The texts are checked once more.

    Raises:
        StaleVersionError, ForbiddenError, ActionNotAllowedError, PublicationOffError: not by this caller, or not now.
        AskerForgottenError, SecondLookNeededError: its sender was erased, or the caller proposed it.
        PersonalDataLeftError: the texts tell who sent it, by what is found now.

    Source: QT Đ.24.4; TN Đ.6.2; R-FBK-13
    """
    feedback.expect(version)
    feedback.place(rules).expect(action, caller)
    if action is FeedbackAction.CONFIRMATION:
        RESULTS.expect(feedback.publication or {}, feedback.said)
    state, deed = _ENDS[action]
    decided = {"state": state.value, "decided_by": caller.subject, "reason": reason}
    feedback.publication = {**(feedback.publication or {}), **decided}
    session.add(feedback.line(deed, caller.subject, now, reason=reason))
    await session.flush()
