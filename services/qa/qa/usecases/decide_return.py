"""The coordinator consents to a return that was asked for late, or declines it."""

from datetime import datetime

from common.outbox import record
from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from qa import queries
from qa.domain import Action, Deed, QuestionRules
from qa.events import QuestionReturned, ReturnDeclined
from qa.models import Question


async def decide_return(
    session: AsyncSession,
    rules: QuestionRules,
    caller: Caller,
    question: Question,
    *,
    version: int,
    granted: bool,
    reason: str,
    now: datetime,
) -> None:
    """Take the question back, or leave it with the agency; what was late there stays late.

    Raises:
        ForbiddenError, StaleVersionError, ActionNotAllowedError: not by this caller, or not now.

    Source: NB Đ.18.5.b; R-QNA-13
    """
    question.expect_to(Action.RETURN_CONSENT, caller, rules, version)
    fact: QuestionReturned | ReturnDeclined
    if granted:
        asked = question.return_asked or {}
        more = {name: asked[name] for name in ("better_agency",) if name in asked} | question.unfinished()
        session.add(question.line(Deed.RETURNED, caller.subject, now, reason=reason, **more))
        left = question.agency or ""
        clock = question.go_back(await queries.running_clocks(session, question.number), rules, now)
        session.add(clock)
        told = await queries.coordinators(session)
        fact = question.tell(QuestionReturned, now, returned_by=left, due_at=clock.due_at, tell=told)
    else:
        question.return_asked = None
        session.add(question.line(Deed.RETURN_DECLINED, caller.subject, now, reason=reason))
        people = await queries.people_of(session, question.agency or "")
        fact = question.tell(ReturnDeclined, now, due_at=question.due_at, tell=people.accounts)
    await session.flush()
    await record(session, fact)
