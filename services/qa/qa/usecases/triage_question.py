"""The coordinator classifies a question and forwards it to the agency that answers."""

from datetime import datetime
from typing import Final, NamedTuple

from common.errors import FieldProblem, InvalidInputError
from common.outbox import record
from common.security import Caller
from regulation.clock import Ledger, succeed
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from qa import queries
from qa.domain import Action, AnswerKind, ClockKind, Deed, Outcome, QuestionRules, State
from qa.domain.errors import GivenBackToSameError
from qa.events import QuestionForwarded, QuestionRecalled
from qa.models import Question

AT_TRIAGE = (AnswerKind.OWN, AnswerKind.CROSS_SECTOR)
"""A special case needs an interim reply, which only the agency can give."""
SHORTEST_REASON: Final = 5


class Left(NamedTuple):
    """To which agency a question is to go from here, why, and when."""

    agency: str
    reason: str
    now: datetime


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

    One that was forwarded wrongly goes to another agency, with the reason, as long as the first has nothing in hand.

    Raises:
        ForbiddenError, StaleVersionError, ActionNotAllowedError: not by this caller, or not now.
        AgencyUnknownError: the agency does not exist any more.
        GivenBackToSameError: the agency has it already.
        InvalidInputError: topic or kind are none that triage may give, or the reason is missing.

    Source: NB Đ.18.5.b; TN Đ.15.3.a; QT Đ.24.4; R-QNA-07; R-QNA-10; R-QNA-12–R-QNA-14
    """
    question.expect_to(Action.TRIAGE, caller, rules, version)
    _expect_choices(rules, topic, kind, note if question.agency else None)
    if rules.beyond(agency):
        await _let_go(session, rules, caller, question, Left(agency, note, now))
        return
    await queries.reachable(session, agency, local_day(now))
    if agency == question.agency:
        raise GivenBackToSameError(field="agency", rule="agency")
    await _taken_back(session, caller, question, note, now)
    clocks = await queries.running_clocks(session, question.number)
    question.rest(clocks, Outcome.RETURNED if question.agency else Outcome.DONE, now)
    question.agency, question.topic, question.kind = agency, topic, kind
    await _forwarded(session, rules, question, kind, now)
    session.add(question.line(Deed.FORWARDED, caller.subject, now, reason=note, kind=kind.value))
    await _told(session, question, kind, now)


async def _forwarded(
    session: AsyncSession, rules: QuestionRules, question: Question, kind: AnswerKind, now: datetime
) -> None:
    """Let the agency's two times begin."""
    question.state, question.forwarded_at, question.return_asked = State.FORWARDED, now, None
    ledger = await _answer_ledger(session, rules, question, kind, now)
    answering = question.begin(ClockKind.ANSWER, ledger, rules)
    returning = question.begin(ClockKind.RETURN, rules.ledger(ClockKind.RETURN, now), rules)
    session.add_all((answering, returning))


async def _told(session: AsyncSession, question: Question, kind: AnswerKind, now: datetime) -> None:
    """Tell the agency's people, and that nobody is in charge or may stand in."""
    people = await queries.people_of(session, question.agency or "")
    told = {
        "tell": people.accounts,
        "without_owner": not people.in_charge,
        "without_substitute": people.alone,
    }
    fact = question.tell(QuestionForwarded, now, kind=kind, due_at=question.due_at, **told)
    await session.flush()
    await record(session, fact)


async def _taken_back(
    session: AsyncSession, caller: Caller, question: Question, reason: str, now: datetime
) -> None:
    """Write that the agency loses it, and tell its people."""
    if not question.agency:
        return
    session.add(question.line(Deed.RECALLED, caller.subject, now, reason=reason))
    people = await queries.people_of(session, question.agency)
    fact = question.tell(QuestionRecalled, now, tell=people.accounts)
    await session.flush()
    await record(session, fact)


async def _let_go(
    session: AsyncSession, rules: QuestionRules, caller: Caller, question: Question, left: Left
) -> None:
    """Give the question back to the province, whose coordinator forwards it there. Source: decision 0068"""
    people = await queries.people_of(session, question.agency or "")
    fact = question.tell(QuestionRecalled, left.now, tell=people.accounts)
    more = {"better_agency": left.agency, **question.unfinished()}
    session.add(question.line(Deed.RECALLED, caller.subject, left.now, reason=left.reason, **more))
    session.add(question.go_back(await queries.running_clocks(session, question.number), rules, left.now))
    await session.flush()
    await record(session, fact)


async def _answer_ledger(
    session: AsyncSession, rules: QuestionRules, question: Question, kind: AnswerKind, now: datetime
) -> Ledger:
    """Return the clock of the answer, which begins anew where another agency gave it back. Source: R-QNA-13"""
    fresh = rules.answer_ledger(kind, now)
    await session.flush()
    before = await queries.given_back(session, question.number)
    return fresh if before is None else succeed(before.read(rules), fresh)


def _expect_choices(rules: QuestionRules, topic: str, kind: AnswerKind, reason: str | None) -> None:
    problems = []
    if topic not in rules.topics:
        problems.append(FieldProblem("topic", "choice", "Hãy chọn một lĩnh vực.", "Choose a topic."))
    if kind not in AT_TRIAGE:
        vi, en = (
            "Trường hợp đặc biệt do cơ quan trả lời đề xuất.",
            "A special case is the agency's to ask for.",
        )
        problems.append(FieldProblem("kind", "choice", vi, en))
    if reason is not None and len(reason) < SHORTEST_REASON:
        vi, en = "Hãy ghi vì sao chuyển sang cơ quan khác.", "Say why it goes to another agency."
        problems.append(FieldProblem("note", "required", vi, en))
    if problems:
        raise InvalidInputError(problems)
