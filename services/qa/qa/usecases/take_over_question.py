"""An agency's own instance gets a question to answer."""

from typing import Any

from common.inbox import Meta
from pydantic import BaseModel
from regulation.text import fold
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain import Deed, QuestionRules
from qa.domain.errors import NotHandedOverError
from qa.events import Asked, Handling
from qa.models import Before, Clock, Line, Question, tell_province


class Lent(BaseModel, frozen=True):
    """A question for the instance `to`, and where it stands."""

    to: str
    asked: Asked
    handling: Handling


async def take_over_question(session: AsyncSession, told: Lent, meta: Meta, rules: QuestionRules) -> None:
    """Write it down as the province had it, and tell the province that it is here; what is known already stays.

    Raises:
        NotHandedOverError: it is for an agency that is none of ours.

    Source: decision 0068
    """
    if told.to != rules.instance:
        return
    number, standing = meta.aggregate_id, told.handling.standing
    if not standing.agency or standing.agency != meta.agency or rules.beyond(standing.agency):
        raise NotHandedOverError(number=number)
    question = await session.get(Question, number, with_for_update=True)
    known = question.line_count if question else 0
    if known >= standing.line_count:
        return
    if question is None:
        question = Question(number=number, key_hash=f"elsewhere {number}")
        session.add(question)
    for name, value in {**_fields(told.asked), **_fields(standing)}.items():
        setattr(question, name, value)
    question.title_key = fold(question.title)
    session.add_all(Line(question=number, **_fields(one)) for one in told.handling.lines if one.no > known)
    for clock in told.handling.clocks:
        await session.merge(Clock(question=number, **_fields(clock)))
    before = Before.of(question)
    session.add(question.line(Deed.TAKEN_OVER, "", meta.time))
    await tell_province(session, question, rules.instance, before, meta.time)


def _fields(part: BaseModel) -> dict[str, Any]:
    return {name: getattr(part, name) for name in type(part).model_fields}
