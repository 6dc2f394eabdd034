"""The agency takes longer for a special case, and says so to the asker first."""

from datetime import datetime

from common.outbox import record
from common.security import Caller
from regulation.clock import extend
from regulation.text import cleaned, short_instant
from sqlalchemy.ext.asyncio import AsyncSession

from qa import queries
from qa.domain import Action, AnswerKind, ClockKind, Deed, Outcome, QuestionRules
from qa.domain.errors import DeadlinePassedError
from qa.events import InterimReplied
from qa.models import Question


async def extend_answer(
    session: AsyncSession,
    rules: QuestionRules,
    caller: Caller,
    question: Question,
    *,
    version: int,
    reason: str,
    interim_reply: str,
    now: datetime,
) -> None:
    """Send an interim reply and answer within the longest time there is, once and before the normal time is over.

    Raises:
        ForbiddenError, StaleVersionError, ActionNotAllowedError: not by this caller, or not now.
        DeadlinePassedError: the normal time is over.

    Source: NB Đ.18.5.b; R-QNA-15
    """
    question.expect_to(Action.EXTENSION, caller, rules, version)
    assert question.due_at is not None, "the agency owes an answer"
    assert question.forwarded_at is not None, "the agency has it"
    if now > question.due_at:
        raise DeadlinePassedError(due=short_instant(question.due_at, "vi"))
    ledger = rules.answer_ledger(AnswerKind.SPECIAL, question.forwarded_at)
    for clock in await queries.running_clocks(session, question.number):
        if clock.kind == ClockKind.ANSWER:
            clock.end(Outcome.REPLACED, now)
            normal, until = clock.read(rules), ledger.due_at
            ledger = extend(normal, until, now, rules.calendar, reason=reason, by_law=True)
    reply = {"at": now.isoformat(), "text": cleaned(interim_reply), "by": caller.subject}
    question.interim = [*question.interim, reply]
    question.kind = AnswerKind.SPECIAL
    session.add(question.begin(ClockKind.ANSWER, ledger, rules))
    session.add(question.line(Deed.EXTENDED, caller.subject, now, reason=reason))
    fact = question.tell(InterimReplied, now, due_at=ledger.due_at)
    await session.flush()
    await record(session, fact)
