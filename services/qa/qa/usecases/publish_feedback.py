"""The result of handling feedback is published without its sender, after a second look."""

from datetime import datetime

from common.security import Caller
from regulation.text import cleaned, cleaned_line
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain import Deed, PublicationState, QuestionRules
from qa.domain.feedback import FeedbackAction
from qa.domain.masking import expect_masked, expect_unnamed, own_words
from qa.models import Feedback


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
    now: datetime,
) -> None:
    """Keep the masked texts until somebody else looked at them.

    Raises: StaleVersionError, ForbiddenError, ActionNotAllowedError, PublicationOffError, PersonalDataLeftError.
    Source: QT Đ.24.4; TN Đ.6.2; R-FBK-13
    """
    feedback.expect(version)
    feedback.place(rules).expect(FeedbackAction.PUBLICATION, caller)
    told = {"title": cleaned_line(title), "text": cleaned(text), "result": cleaned(result)}
    own = own_words(feedback.sender)
    expect_masked({"title": told["title"], "text": told["text"]}, own)
    expect_unnamed("result", told["result"], own)
    feedback.publication = {
        **told,
        "state": PublicationState.PROPOSED.value,
        "by": caller.subject,
        "at": now.isoformat(),
    }
    session.add(feedback.line(Deed.PUBLICATION_PROPOSED, caller.subject, now))
    await session.flush()


async def confirm_feedback(
    session: AsyncSession,
    rules: QuestionRules,
    caller: Caller,
    feedback: Feedback,
    *,
    version: int,
    now: datetime,
) -> None:
    """Look a second time and publish.

    Raises: StaleVersionError, ForbiddenError, ActionNotAllowedError, SecondLookNeededError.
    Source: QT Đ.24.4; TN Đ.6.2; R-FBK-13
    """
    feedback.expect(version)
    feedback.place(rules).expect(FeedbackAction.CONFIRMATION, caller)
    decided = {"state": PublicationState.PUBLISHED.value, "decided_by": caller.subject}
    feedback.publication = {**(feedback.publication or {}), **decided}
    session.add(feedback.line(Deed.PUBLISHED, caller.subject, now))
    await session.flush()
