"""The agency says how much an answer takes."""

from dataclasses import replace
from datetime import datetime

from common.errors import FieldProblem, InvalidInputError
from common.outbox import record
from common.security import Caller
from regulation.text import short_instant
from sqlalchemy.ext.asyncio import AsyncSession

from qa import queries
from qa.domain import Action, AnswerKind, ClockKind, Deed, Outcome, QuestionRules
from qa.domain.errors import DeadlinePassedError
from qa.events import QuestionClassified
from qa.models import Question


async def change_kind(
    session: AsyncSession,
    rules: QuestionRules,
    caller: Caller,
    question: Question,
    *,
    version: int,
    kind: AnswerKind,
    reason: str,
    now: datetime,
) -> None:
    """Answer within the time of another kind, counted from the same receipt; the old ledger stays.

    Raises:
        ForbiddenError, StaleVersionError, ActionNotAllowedError: not by this caller, or not now.
        InvalidInputError: a special case needs an interim reply, and is no change of kind.
        DeadlinePassedError: the time is over already.

    Source: NB Đ.18.5.b; R-QNA-14
    """
    question.expect_to(Action.KIND, caller, rules, version)
    if kind in (AnswerKind.SPECIAL, question.kind):
        vi, en = "Hãy chọn loại khác với loại hiện tại.", "Choose another kind than the present one."
        raise InvalidInputError([FieldProblem("kind", "choice", vi, en)])
    assert question.due_at is not None, "the agency owes an answer"
    assert question.forwarded_at is not None, "the agency has it"
    if now > question.due_at:
        raise DeadlinePassedError(due=short_instant(question.due_at, "vi"))
    ledger = rules.answer_ledger(kind, question.forwarded_at)
    for clock in await queries.running_clocks(session, question.number):
        if clock.kind == ClockKind.ANSWER:
            clock.end(Outcome.REPLACED, now)
            ledger = replace(ledger, restarts=clock.read(rules).restarts)
    question.kind = kind
    session.add(question.begin(ClockKind.ANSWER, ledger, rules))
    session.add(question.line(Deed.CLASSIFIED, caller.subject, now, reason=reason, kind=kind.value))
    fact = question.tell(QuestionClassified, now, kind=kind, due_at=ledger.due_at)
    await session.flush()
    await record(session, fact)
