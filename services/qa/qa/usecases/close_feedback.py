"""The coordinator closes feedback that is not settled here, and tells its sender where it belongs."""

from datetime import datetime

from common.outbox import record
from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from qa import queries
from qa.domain import Deed, Ground, QuestionRules
from qa.domain.errors import GroundNotUsedError
from qa.domain.feedback import CLOSING_GROUNDS, FeedbackAction, FeedbackState
from qa.events import FeedbackClosed
from qa.models import Feedback


async def close_feedback(
    session: AsyncSession,
    rules: QuestionRules,
    caller: Caller,
    feedback: Feedback,
    *,
    version: int,
    ground: Ground,
    reason: str,
    channel: str,
    now: datetime,
) -> None:
    """Close a complaint or denunciation in law, or what is prohibited, with its reason and the right channel.

    Without a `channel` it is the usual one of the ground.

    Raises:
        StaleVersionError, ForbiddenError, ActionNotAllowedError: not by this caller, or not now.
        GroundNotUsedError: it is not closed for this ground.

    Source: NB Đ.18.4; TN Đ.18.1; R-FBK-16
    """
    feedback.expect(version)
    feedback.place(rules).expect(FeedbackAction.CLOSING, caller)
    if ground not in CLOSING_GROUNDS:
        raise GroundNotUsedError(field="ground", rule="choice")
    channel = channel or ground.channel("vi")
    feedback.closing = {"ground": ground.value, "reason": reason, "channel": channel, "at": now.isoformat()}
    session.add(feedback.line(Deed.CLOSED, caller.subject, now, reason=reason, ground=ground.value))
    feedback.close(FeedbackState.CLOSED, await queries.running_clocks(session, feedback.number), now)
    fact = feedback.tell(FeedbackClosed, now, ground=ground)
    await session.flush()
    await record(session, fact)
