"""The coordinator refuses a question at once, with the reason and the right channel."""

from datetime import datetime

from common.outbox import record
from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from qa import queries
from qa.domain import Action, Deed, Ground, QuestionRules, State
from qa.domain.errors import GroundNotUsedError
from qa.domain.grounds import grounds_here
from qa.events import QuestionRefused
from qa.models import Question


async def refuse_question(
    session: AsyncSession,
    rules: QuestionRules,
    caller: Caller,
    question: Question,
    *,
    version: int,
    ground: Ground,
    reason: str,
    channel: str,
    now: datetime,
) -> None:
    """Close a question as refused in the same action that says why, and where the asker has to turn to instead.

    Without a `channel` it is the usual one of the ground.

    Raises:
        ForbiddenError, StaleVersionError, ActionNotAllowedError: not by this caller, or not now.
        GroundNotUsedError: the province takes what this ground refuses.

    Source: NB Đ.18.4; NB Đ.18.5.b; TN Đ.14.4; TN Đ.15.3.b; R-QNA-02; R-QNA-08; R-QNA-09
    """
    question.expect_to(Action.REFUSAL, caller, rules, version)
    if ground not in grounds_here(feedback_here=rules.feedback_here):
        raise GroundNotUsedError(field="ground", rule="choice")
    channel = channel or ground.channel("vi")
    question.refusal = {"ground": ground.value, "reason": reason, "channel": channel, "at": now.isoformat()}
    question.close(State.REFUSED, await queries.running_clocks(session, question.number), now)
    session.add(question.line(Deed.REFUSED, caller.subject, now, reason=reason, ground=ground.value))
    fact = question.tell(QuestionRefused, now, ground=ground)
    await session.flush()
    await record(session, fact)
