"""An agency gives back a question that is not its own."""

from datetime import datetime
from typing import Any

from common.outbox import record
from common.security import Caller
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from qa import queries
from qa.domain import Action, ClockKind, Deed, QuestionRules
from qa.domain.errors import GivenBackToSameError
from qa.events import QuestionReturnAsked, QuestionReturned
from qa.models import Question


async def return_question(
    session: AsyncSession,
    rules: QuestionRules,
    caller: Caller,
    question: Question,
    *,
    version: int,
    reason: str,
    better_agency: str | None,
    now: datetime,
) -> None:
    """Return a question to the coordinator within the time for it; later only ask for consent.

    Raises:
        ForbiddenError, StaleVersionError, ActionNotAllowedError: not by this caller, or not now.
        AgencyUnknownError, GivenBackToSameError: the agency it belongs to does not exist, or is the caller's own.

    Source: NB Đ.18.5.b; R-QNA-13
    """
    question.expect_to(Action.RETURN, caller, rules, version)
    more = await _belongs_to(session, rules, question, better_agency, now)
    clocks = await queries.running_clocks(session, question.number)
    told = await queries.coordinators(session)
    fact: QuestionReturned | QuestionReturnAsked
    if any(clock.kind == ClockKind.RETURN and now <= clock.due_at for clock in clocks):
        left = question.unfinished()
        session.add(question.line(Deed.RETURNED, caller.subject, now, reason=reason, **more, **left))
        by = question.agency or ""
        clock = question.go_back(clocks, rules, now)
        session.add(clock)
        fact = question.tell(QuestionReturned, now, returned_by=by, due_at=clock.due_at, tell=told)
    else:
        question.return_asked = {"reason": reason, "at": now.isoformat(), "by": caller.subject, **more}
        session.add(question.line(Deed.RETURN_ASKED, caller.subject, now, reason=reason, **more))
        fact = question.tell(QuestionReturnAsked, now, tell=told)
    await session.flush()
    await record(session, fact)


async def _belongs_to(
    session: AsyncSession, rules: QuestionRules, question: Question, agency: str | None, now: datetime
) -> dict[str, Any]:
    if not agency:
        return {}
    if not rules.beyond(agency):  # what is out of reach, the coordinator judges
        await queries.reachable(session, agency, local_day(now), "better_agency")
    if agency == question.agency:
        raise GivenBackToSameError(field="better_agency", rule="agency")
    return {"better_agency": agency}
