"""The coordinator classifies feedback and forwards it to the agency that is responsible for the reply."""

from datetime import datetime

from common.outbox import record
from common.security import Caller
from regulation.roles import Role
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from qa import queries
from qa.domain import ClockKind, Deed, Outcome, QuestionRules
from qa.domain.feedback import Category, FeedbackAction, FeedbackState
from qa.events import FeedbackForwarded
from qa.models import Feedback


async def triage_feedback(
    session: AsyncSession,
    rules: QuestionRules,
    caller: Caller,
    feedback: Feedback,
    *,
    version: int,
    agency: str,
    category: Category,
    note: str,
    now: datetime,
) -> None:
    """Forward feedback; the reply stays due as it was from receipt.

    Raises:
        StaleVersionError, ForbiddenError, ActionNotAllowedError: not by this caller, or not now.
        AgencyUnknownError: the agency does not exist any more.

    Source: TN Đ.18.3; QT Đ.24.4; BD Đ.13.4; QT Đ.25.7; R-FBK-07; R-FBK-12
    """
    feedback.expect(version)
    feedback.place(rules).expect(FeedbackAction.TRIAGE, caller)
    await queries.reachable(session, agency, local_day(now))
    for clock in await queries.running_clocks(session, feedback.number):
        if clock.kind == ClockKind.TRIAGE:
            clock.end(Outcome.DONE, now)
        else:
            clock.owes = agency
    feedback.state, feedback.agency, feedback.category = FeedbackState.FORWARDED, agency, category
    feedback.forwarded_at, feedback.involved = now, []
    session.add(feedback.line(Deed.FORWARDED, caller.subject, now, reason=note))
    people = await queries.people_of(session, agency, Role.FEEDBACK_OWNER)
    told = {"tell": people.accounts, "without_owner": not people.in_charge}
    fact = feedback.tell(FeedbackForwarded, now, due_at=feedback.due_at, involved=(), **told)
    await session.flush()
    await record(session, fact)
