"""The coordinator classifies feedback and forwards it to the agency that is responsible for the reply."""

from datetime import datetime
from typing import Final

from common.errors import FieldProblem, InvalidInputError
from common.outbox import record
from common.security import Caller
from regulation.roles import Role
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from qa import queries
from qa.domain import Deed, Outcome, QuestionRules
from qa.domain.errors import GivenBackToSameError
from qa.domain.feedback import Category, FeedbackAction
from qa.events import FeedbackForwarded, FeedbackRecalled
from qa.models import Feedback

SHORTEST_REASON: Final = 5


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
    """Forward feedback, or take it elsewhere with the reason; the reply stays due as it was from receipt.

    Raises:
        StaleVersionError, ForbiddenError, ActionNotAllowedError: not by this caller, or not now.
        AgencyUnknownError: the agency does not exist any more.
        GivenBackToSameError: the agency has it already.
        InvalidInputError: it is taken from an agency without a reason.

    Source: TN Đ.18.3; QT Đ.24.4; BD Đ.13.4; QT Đ.25.7; R-FBK-07; R-FBK-12
    """
    feedback.expect(version)
    feedback.place(rules).expect(FeedbackAction.TRIAGE, caller)
    await queries.reachable(session, agency, local_day(now))
    if agency == feedback.agency:
        raise GivenBackToSameError(field="agency", rule="agency")
    moved_on = feedback.agency is not None
    await _taken_back(session, caller, feedback, note, now)
    clocks = await queries.running_clocks(session, feedback.number)
    outcome = Outcome.RETURNED if moved_on else Outcome.PASSED_ON
    session.add_all(feedback.hand_over(agency, clocks, outcome, now))
    feedback.category = category
    session.add(feedback.line(Deed.FORWARDED, caller.subject, now, reason=note))
    people = await queries.people_of(session, agency, Role.FEEDBACK_OWNER)
    told = {"tell": people.accounts, "without_owner": not people.in_charge}
    fact = feedback.tell(FeedbackForwarded, now, due_at=feedback.due_at, involved=(), **told)
    await session.flush()
    await record(session, fact)


async def _taken_back(
    session: AsyncSession, caller: Caller, feedback: Feedback, reason: str, now: datetime
) -> None:
    """Write that the agency loses it, and tell its people. Raises: InvalidInputError."""
    if feedback.agency is None:
        return
    if len(reason) < SHORTEST_REASON:
        vi, en = "Hãy ghi vì sao chuyển sang cơ quan khác.", "Say why it goes to another agency."
        raise InvalidInputError([FieldProblem("note", "required", vi, en)])
    session.add(feedback.line(Deed.RECALLED, caller.subject, now, reason=reason))
    people = await queries.people_of(session, feedback.agency, Role.FEEDBACK_OWNER)
    fact = feedback.tell(FeedbackRecalled, now, tell=people.accounts)
    await session.flush()
    await record(session, fact)
