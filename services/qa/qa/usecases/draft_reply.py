"""The reply to feedback is kept while it is typed."""

from datetime import datetime

from common.security import Caller
from regulation.text import cleaned
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain import QuestionRules
from qa.domain.feedback import FeedbackAction
from qa.models import Feedback


async def draft_reply(
    session: AsyncSession,
    rules: QuestionRules,
    caller: Caller,
    feedback: Feedback,
    *,
    version: int,
    text: str,
    now: datetime,
) -> None:
    """Keep what was typed of a reply for whoever replies; it goes with the reply, and when another agency has it.

    Raises: StaleVersionError, ForbiddenError, ActionNotAllowedError.
    Source: TN Đ.18.2; BD Đ.11; R-FBK-08
    """
    feedback.expect(version)
    feedback.place(rules).expect(FeedbackAction.REPLY, caller)
    feedback.draft = {"text": cleaned(text), "by": caller.subject, "at": now.isoformat()}
    await session.flush()
