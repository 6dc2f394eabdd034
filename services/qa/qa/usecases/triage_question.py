"""The coordinator classifies a question and forwards it to the agency that answers."""

from datetime import datetime

from common.errors import FieldProblem, InvalidInputError
from common.outbox import record
from common.security import Caller
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from qa import queries
from qa.domain import Action, AnswerKind, ClockKind, Deed, Outcome, QuestionRules, State
from qa.events import QuestionForwarded
from qa.models import Question

AT_TRIAGE = (AnswerKind.OWN, AnswerKind.CROSS_SECTOR)
"""A special case needs an interim reply, which only the agency can give."""


async def triage_question(
    session: AsyncSession,
    rules: QuestionRules,
    caller: Caller,
    question: Question,
    *,
    version: int,
    agency: str,
    topic: str,
    kind: AnswerKind,
    note: str,
    now: datetime,
) -> None:
    """Forward a question: its triage ends, and the agency's times for returning and answering begin.

    Raises:
        ForbiddenError, StaleVersionError, ActionNotAllowedError: not by this caller, or not now.
        AgencyUnknownError: the agency does not exist any more.
        InvalidInputError: topic or kind are none that triage may give.

    Source: NB Đ.18.5.b; TN Đ.15.3.a; QT Đ.24.4; R-QNA-07; R-QNA-10; R-QNA-12–R-QNA-14
    """
    question.expect_to(Action.TRIAGE, caller, rules, version)
    _expect_choices(rules, topic, kind)
    await queries.reachable(session, agency, local_day(now))
    question.rest(await queries.running_clocks(session, question.number), Outcome.DONE, now)
    question.state, question.agency, question.topic = State.FORWARDED, agency, topic
    question.kind, question.forwarded_at, question.return_asked = kind, now, None
    answering = question.begin(ClockKind.ANSWER, rules.answer_ledger(kind, now), rules)
    returning = question.begin(ClockKind.RETURN, rules.ledger(ClockKind.RETURN, now), rules)
    line = question.line(Deed.FORWARDED, caller.subject, now, reason=note, kind=kind.value)
    session.add_all((answering, returning, line))
    people = await queries.people_of(session, agency)
    told = {"tell": people.accounts, "without_owner": not people.in_charge}
    fact = question.tell(QuestionForwarded, now, kind=kind, due_at=answering.due_at, **told)
    await session.flush()
    await record(session, fact)


def _expect_choices(rules: QuestionRules, topic: str, kind: AnswerKind) -> None:
    problems = []
    if topic not in rules.topics:
        problems.append(FieldProblem("topic", "choice", "Hãy chọn một lĩnh vực.", "Choose a topic."))
    if kind not in AT_TRIAGE:
        vi, en = (
            "Trường hợp đặc biệt do cơ quan trả lời đề xuất.",
            "A special case is the agency's to ask for.",
        )
        problems.append(FieldProblem("kind", "choice", vi, en))
    if problems:
        raise InvalidInputError(problems)
