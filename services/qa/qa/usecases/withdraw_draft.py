"""Whoever submitted a draft takes it back."""

from datetime import datetime

from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain import Action, Deed, QuestionRules, State
from qa.models import Question


async def withdraw_draft(
    session: AsyncSession,
    rules: QuestionRules,
    caller: Caller,
    question: Question,
    *,
    version: int,
    now: datetime,
) -> None:
    """Take the own draft back, as it is now, to go on with it; the clock runs on.

    Raises:
        ForbiddenError, StaleVersionError, ActionNotAllowedError: not by this caller, or not now.
        NotTheAuthorError: somebody else submitted it.

    Source: NB Đ.18.3.a; R-QNA-20
    """
    question.expect_to(Action.DRAFT_WITHDRAWAL, caller, rules, version)
    question.state = State.FORWARDED
    question.draft = {name: said for name, said in (question.draft or {}).items() if name != "mended"}
    session.add(question.line(Deed.DRAFT_WITHDRAWN, caller.subject, now))
    await session.flush()
