"""The coordinator urges an agency."""

from datetime import datetime, timedelta
from typing import Final

from common.outbox import record
from common.security import Caller
from regulation.text import short_instant
from sqlalchemy.ext.asyncio import AsyncSession

from qa import queries
from qa.domain import Action, Deed, QuestionRules
from qa.domain.errors import JustUrgedError
from qa.events import QuestionUrged
from qa.models import Question

AGAIN: Final = timedelta(hours=1)
"""After which the same people are urged anew; sooner it would only be a second mail."""


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
        JustUrgedError: the agency was urged within the hour.

    Source: NB Đ.18.5.c; TN Đ.15.4; R-QNA-21
    """
    question.expect_to(Action.REMINDER, caller, rules, version)
    last = await queries.last_deed(session, question.number, Deed.URGED, question.agency or "")
    if last is not None and now - last < AGAIN:
        raise JustUrgedError(at=short_instant(last, "vi"))
    people = await queries.people_of(session, question.agency or "")
    session.add(question.line(Deed.URGED, caller.subject, now))
    fact = question.tell(
        QuestionUrged, now, clock=question.clock, due_at=question.due_at, tell=people.accounts
    )
    await session.flush()
    await record(session, fact)
