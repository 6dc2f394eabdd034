"""The responsible agency replies, has other agencies help, or gives feedback back; the coordinator urges."""

from collections.abc import Sequence
from datetime import datetime

from common.outbox import record
from common.security import Caller
from regulation.roles import Role
from regulation.text import cleaned
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from qa import queries
from qa.domain import ClockKind, Deed, QuestionRules
from qa.domain.feedback import FeedbackAction, FeedbackState
from qa.events import FeedbackInvolved, FeedbackReplied, FeedbackReturned, FeedbackUrged
from qa.models import Feedback


async def reply_feedback(
    session: AsyncSession,
    rules: QuestionRules,
    caller: Caller,
    feedback: Feedback,
    *,
    version: int,
    text: str,
    now: datetime,
) -> None:
    """Send the result of handling to the sender; the clocks end.

    Raises: StaleVersionError, ForbiddenError, ActionNotAllowedError.
    Source: TN Đ.18.2; TN Đ.18.3; BD Đ.11; R-FBK-08; R-FBK-10
    """
    feedback.expect(version)
    feedback.place(rules).expect(FeedbackAction.REPLY, caller)
    assert feedback.due_at is not None, "a reply is owed"
    due_at = feedback.due_at
    feedback.reply = {"text": cleaned(text), "by": caller.subject, "at": now.isoformat()}
    feedback.replied_at = now
    session.add(feedback.line(Deed.REPLIED, caller.subject, now))
    feedback.close(FeedbackState.REPLIED, await queries.running_clocks(session, feedback.number), now)
    fact = feedback.tell(FeedbackReplied, now, due_at=due_at, in_time=now <= due_at)
    await session.flush()
    await record(session, fact)


async def involve_agencies(
    session: AsyncSession,
    rules: QuestionRules,
    caller: Caller,
    feedback: Feedback,
    *,
    version: int,
    agencies: Sequence[str],
    reason: str,
    now: datetime,
) -> None:
    """Have other agencies help; the reply stays with the one that is responsible.

    Raises: StaleVersionError, ForbiddenError, ActionNotAllowedError, AgencyUnknownError.
    Source: BD Đ.11; R-FBK-09
    """
    feedback.expect(version)
    feedback.place(rules).expect(FeedbackAction.INVOLVEMENT, caller)
    asked = [code for code in dict.fromkeys(agencies) if code != feedback.agency]
    told: list[str] = []
    for code in asked:
        await queries.reachable(session, code, local_day(now), "agencies")
        told += (await queries.people_of(session, code, Role.FEEDBACK_OWNER)).accounts
    feedback.involved = sorted({*feedback.involved, *asked})
    session.add(feedback.line(Deed.INVOLVED, caller.subject, now, reason=reason, agencies=asked))
    helping, people = tuple(feedback.involved), tuple(dict.fromkeys(told))
    fact = feedback.tell(FeedbackInvolved, now, due_at=feedback.due_at, involved=helping, tell=people)
    await session.flush()
    await record(session, fact)


async def return_feedback(
    session: AsyncSession,
    rules: QuestionRules,
    caller: Caller,
    feedback: Feedback,
    *,
    version: int,
    reason: str,
    now: datetime,
) -> None:
    """Give feedback back that belongs elsewhere; the reply stays due as it was.

    Raises: StaleVersionError, ForbiddenError, ActionNotAllowedError.
    Source: TN Đ.18.3; R-FBK-07
    """
    feedback.expect(version)
    feedback.place(rules).expect(FeedbackAction.RETURN, caller)
    session.add(feedback.line(Deed.RETURNED, caller.subject, now, reason=reason))
    left, told = feedback.agency or "", await queries.coordinators(session)
    clocks = await queries.running_clocks(session, feedback.number)
    session.add_all(feedback.go_back(clocks, rules, now))
    fact = feedback.tell(FeedbackReturned, now, returned_by=left, due_at=feedback.due_at, tell=told)
    await session.flush()
    await record(session, fact)


async def urge_feedback(
    session: AsyncSession,
    rules: QuestionRules,
    caller: Caller,
    feedback: Feedback,
    *,
    version: int,
    now: datetime,
) -> None:
    """Have the responsible people reminded now.

    Raises: StaleVersionError, ForbiddenError, ActionNotAllowedError.
    Source: TN Đ.18.3; R-FBK-07; R-FBK-08
    """
    feedback.expect(version)
    feedback.place(rules).expect(FeedbackAction.REMINDER, caller)
    people = await queries.people_of(session, feedback.agency or "", Role.FEEDBACK_OWNER)
    session.add(feedback.line(Deed.URGED, caller.subject, now))
    fact = feedback.tell(
        FeedbackUrged, now, clock=ClockKind.RESPONSE, due_at=feedback.due_at, tell=people.accounts
    )
    await session.flush()
    await record(session, fact)
