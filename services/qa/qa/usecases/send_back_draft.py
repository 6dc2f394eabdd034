"""The leader wants a draft changed."""

from datetime import datetime

from common.outbox import record
from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain import Action, Deed, QuestionRules, State
from qa.events import DraftSentBack
from qa.models import Question


async def send_back_draft(
    session: AsyncSession,
    rules: QuestionRules,
    caller: Caller,
    question: Question,
    *,
    version: int,
    reason: str,
    now: datetime,
) -> None:
    """Give a draft back to who submitted it, who is told, with what is to be changed; the clock runs on.

    Raises:
        ForbiddenError, StaleVersionError, ActionNotAllowedError: not by this caller, or not now.

    Source: NB Đ.18.3.a; R-QNA-20
    """
    question.expect_to(Action.DRAFT_RETURN, caller, rules, version)
    question.state = State.FORWARDED
    told = {"reason": reason, "by": caller.subject, "at": now.isoformat()}
    question.draft = {**(question.draft or {}), "sent_back": told}
    session.add(question.line(Deed.SENT_BACK, caller.subject, now, reason=reason))
    author = (question.draft or {})["by"]
    fact = question.tell(DraftSentBack, now, due_at=question.due_at, tell=(author,))
    await session.flush()
    await record(session, fact)
