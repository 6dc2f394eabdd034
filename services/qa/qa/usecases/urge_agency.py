"""The coordinator urges an agency."""

from datetime import datetime

from common.outbox import record
from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from qa import queries
from qa.domain import Action, Deed, QuestionRules
from qa.events import QuestionUrged
from qa.models import Question


async def urge_agency(
    session: AsyncSession,
    rules: QuestionRules,
    caller: Caller,
    question: Question,
    *,
    version: int,
    now: datetime,
) -> None:
    """Have the people of the agency reminded now.

    Raises:
        ForbiddenError, StaleVersionError, ActionNotAllowedError: not by this caller, or not now.

    Source: NB Đ.18.5.c; TN Đ.15.4; R-QNA-21
    """
    question.expect_to(Action.REMINDER, caller, rules, version)
    people = await queries.people_of(session, question.agency or "")
    session.add(question.line(Deed.URGED, caller.subject, now))
    fact = question.tell(
        QuestionUrged, now, clock=question.clock, due_at=question.due_at, tell=people.accounts
    )
    await session.flush()
    await record(session, fact)
