"""A question on its way between the province and an agency's own instance."""

from datetime import datetime
from typing import Any, NamedTuple

from common.outbox import record
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain import Deed
from qa.domain.states import WITH_AGENCY
from qa.events import (
    Asked,
    CarriedFact,
    HandedClock,
    HandedLine,
    Handling,
    QuestionHandedOver,
    QuestionHandled,
    Standing,
)
from qa.models.clock import Clock
from qa.models.line import Line
from qa.models.question import Question

_TAKEN_ALONG = text("""delete from outbox where published_at is null and envelope->>'subject' = :number
    and type <> :own returning seq, type, envelope->'data' as data""")


class Before(NamedTuple):
    """How a question stood before a deed: who had it, and how many lines it had."""

    agency: str | None
    lines: int

    @classmethod
    def of(cls, question: Question) -> "Before":
        """Note it."""
        return cls(question.agency, question.line_count)


async def handling_of(session: AsyncSession, question: Question) -> Handling:
    """Return the question as it stands now, with clocks and history."""
    await session.flush()
    lines = select(Line).where(Line.question == question.number).order_by(Line.no)
    clocks = select(Clock).where(Clock.question == question.number).order_by(Clock.started_at, Clock.id)
    return Handling(
        standing=_parts(Standing, question),
        clocks=[_parts(HandedClock, one) for one in await session.scalars(clocks)],
        lines=[_parts(HandedLine, one) for one in await session.scalars(lines)],
    )


def _parts(shape: Any, row: object) -> Any:
    return shape(**{name: getattr(row, name) for name in shape.model_fields})


async def lend(session: AsyncSession, question: Question, to: str, now: datetime) -> None:
    """Give a question to the instance `to`: a line says so, and the question stands in the outbox with it.

    Source: decision 0068
    """
    session.add(question.line(Deed.HANDED_OVER, "", now, to=to))
    handling = await handling_of(session, question)
    fact = QuestionHandedOver(
        aggregate_id=question.number,
        aggregate_version=question.line_count,
        agency=question.agency,
        occurred_at=now,
        to=to,
        asked=_parts(Asked, question),
        handling=handling,
    )
    await record(session, fact)


async def tell_province(
    session: AsyncSession, question: Question, by: str, before: Before, now: datetime, *, back: bool = False
) -> None:
    """Tell the province what the instance `by` did, with the facts of the deed, which are not announced here.

    What is answered or returned goes back with it, and so does what is given `back` as it is.

    Source: decision 0068
    """
    if back or question.state not in WITH_AGENCY:
        session.add(question.line(Deed.HANDED_OVER, "", now, to=""))
    handling = await handling_of(session, question)
    known = {"number": question.number, "own": QuestionHandled.type}
    facts = sorted((await session.execute(_TAKEN_ALONG, known)).all(), key=lambda row: row.seq)
    fact = QuestionHandled(
        aggregate_id=question.number,
        aggregate_version=question.line_count,
        agency=before.agency,
        occurred_at=now,
        by=by,
        after=before.lines,
        handling=handling,
        facts=[CarriedFact(type=row.type, data=row.data) for row in facts],
    )
    await record(session, fact)
