"""The province takes over what an agency's own instance did about a question."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from common.inbox import Meta, NotYetError
from common.outbox import record
from pydantic import BaseModel
from regulation.codes import AgencyCode
from regulation.instances import PROVINCE
from sqlalchemy.ext.asyncio import AsyncSession

from qa import queries
from qa.domain import QuestionRules, State
from qa.domain.errors import NotHandedOverError
from qa.domain.states import WITH_AGENCY
from qa.events import ALL, CarriedFact, HandedClock, HandedLine, Handling, QuestionFact
from qa.models import Clock, Line, Question

_TELLABLE: Final = {one.type: one for one in ALL if issubclass(one, QuestionFact)}
_ENDS: Final = WITH_AGENCY | {State.ANSWERED, State.RETURNED}
"""Where a question may stand after an agency's deed."""


class Handled(BaseModel, frozen=True):
    """What the instance `by` did about a question that had `after` lines before."""

    by: str
    after: int
    handling: Handling
    facts: Sequence[CarriedFact]


async def keep_handled(session: AsyncSession, told: Handled, meta: Meta, rules: QuestionRules) -> None:
    """Take over what an agency may change, and announce the facts of the deed; what is known already stays.

    Lines are only added; a clock that ended stays as it ended.

    Raises:
        NotHandedOverError: the question is not lent to whoever tells of it.
        NotYetError: the deed before this one has not arrived.

    Source: decision 0068
    """
    if rules.instance != PROVINCE:
        return
    number, standing = meta.aggregate_id, told.handling.standing
    question = await session.get(Question, number, with_for_update=True)
    if question is None:
        raise NotHandedOverError(number=number)
    if standing.line_count <= question.line_count:
        return
    if await queries.place_of(session, number) != told.by:
        raise NotHandedOverError(number=number)
    if told.after > question.line_count:
        raise NotYetError("deed", f"{number}/{told.after}")
    _expect_theirs(question, told, meta)
    session.add_all(_new_lines(number, question.line_count, told.handling.lines))
    for name in type(standing).model_fields:
        setattr(question, name, getattr(standing, name))
    await _keep_clocks(session, number, told.handling.clocks)
    facts = [_fact(question, one, meta.time, told.by) for one in told.facts]
    await session.flush()
    await record(session, *facts)


def _expect_theirs(question: Question, told: Handled, meta: Meta) -> None:
    """Refuse what an agency may not say. Raises: NotHandedOverError."""
    standing = told.handling.standing
    ours = meta.agency == question.agency and told.after == question.line_count
    stays = standing.agency is None or AgencyCode.parse(standing.agency).within(told.by)
    whole = [one.no for one in told.handling.lines] == list(range(1, standing.line_count + 1))
    if not (ours and stays and whole and standing.state in _ENDS):
        raise NotHandedOverError(number=question.number)


def _new_lines(number: str, known: int, lines: Sequence[HandedLine]) -> list[Line]:
    return [Line(question=number, **vars(one)) for one in lines if one.no > known]


async def _keep_clocks(session: AsyncSession, number: str, told: Sequence[HandedClock]) -> None:
    """End clocks that ended there, and add those that began there; reminders of both are the province's."""
    known = {clock.id: clock for clock in await queries.clocks_of(session, number)}
    for one in told:
        clock = known.get(one.id)
        if clock is None:
            session.add(Clock(question=number, **vars(one)))
        elif clock.ended_at is None:
            clock.ended_at, clock.outcome = one.ended_at, one.outcome


def _fact(question: Question, told: CarriedFact, now: datetime, by: str) -> QuestionFact:
    """Return a fact of the deed as the province tells it: with the account and the state it knows itself.

    Raises: NotHandedOverError.
    """
    kind = _TELLABLE.get(told.type)
    agency = told.data.get("agency")
    if kind is None or not (agency is None or AgencyCode.parse(agency).within(by)):
        raise NotHandedOverError(number=question.number)
    own: dict[str, Any] = {
        name: value
        for name, value in told.data.items()
        if name in kind.model_fields and name not in QuestionFact.model_fields
    }
    return question.tell(kind, now, **own).model_copy(update={"agency": agency})
