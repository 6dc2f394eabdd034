"""Where a question is: with the province, or lent to an agency's own instance."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from regulation.codes import codes_within
from regulation.instances import PROVINCE, Standing, Turn, settled_by
from sqlalchemy import ColumnElement, and_, exists, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from qa.domain import Deed
from qa.domain.states import WITH_AGENCY
from qa.models import Agency, Line, Question

_Mark, _Receipt = aliased(Line), aliased(Line)
_UNTOLD = text("select count(*) from outbox where published_at is null and type = 'qa.question_handled.v1'")


def _last(column: Any) -> Any:
    """Return a column of the last line that says where a question is."""
    marks = select(column).where(_Mark.question == Question.number, _Mark.deed == Deed.HANDED_OVER)
    return marks.order_by(_Mark.no.desc()).limit(1).correlate(Question).scalar_subquery()


def whereabouts() -> ColumnElement[str]:
    """Return as a column which instance has a question: the last line that says so, else the province."""
    return func.coalesce(_last(_Mark.more["to"].astext), PROVINCE)


async def place_of(session: AsyncSession, number: str) -> str:
    """Return the instance that has a question, which alone may change it."""
    return (await places_of(session, [number])).get(number, PROVINCE)


async def places_of(session: AsyncSession, numbers: Collection[str]) -> dict[str, str]:
    """Return by number which instances have questions."""
    wanted = select(Question.number, whereabouts()).where(Question.number.in_(list(numbers)))
    return dict((await session.execute(wanted)).tuples().all())


async def sub_tree(session: AsyncSession, agency: str) -> list[str]:
    """Return the codes of an agency and of those below it."""
    return codes_within(agency, await session.scalars(select(Agency.code)))


async def to_be_lent(session: AsyncSession, turns: Collection[Turn], now: datetime) -> dict[str, list[str]]:
    """Return by instance the agencies whose open questions are to be with it now."""
    found: dict[str, list[str]] = {}
    for root in {turn.agency for turn in turns}:
        for code in await sub_tree(session, root):
            holder = settled_by(code, now, turns)
            if holder != PROVINCE and code not in found.setdefault(holder, []):
                found[holder].append(code)
    return {holder: codes for holder, codes in found.items() if codes}


async def standing(
    session: AsyncSession, agency: str, instance: str, turns: Iterable[Turn], now: datetime
) -> Standing:
    """Count the open questions that an agency and those below it have to answer, with this instance and away.

    Of those the province lent, `taken_over` counts what the agency's instance said that it has; of those given back,
    what no longer waits to be told.
    """
    agreed = tuple(turns)
    holder = settled_by(agency, now, agreed)
    holders = {code: settled_by(code, now, agreed) for code in await sub_tree(session, agency)}
    own = [code for code, who in holders.items() if who == holder]
    open_ = and_(Question.agency.in_(own), Question.state.in_(sorted(WITH_AGENCY)))
    counted = select(Question.state, func.count()).where(open_).group_by(Question.state)
    here, away = whereabouts() == instance, whereabouts() != instance
    gone = dict((await session.execute(counted.where(away))).tuples().all())
    return Standing(
        holder=holder,
        here=dict((await session.execute(counted.where(here))).tuples().all()),
        numbered=0,
        handed_over=gone,
        taken_over=await _arrived(session, and_(open_, away), instance, sum(gone.values())),
        apart={code: who for code, who in holders.items() if who != holder},
    )


async def _arrived(session: AsyncSession, gone: ColumnElement[bool], instance: str, count: int) -> int:
    if instance != PROVINCE:
        return max(count - (await session.scalar(_UNTOLD) or 0), 0)
    receipt = _Receipt.question == Question.number, _Receipt.deed == Deed.TAKEN_OVER
    said = exists().where(*receipt, _Receipt.no > _last(_Mark.no)).correlate(Question)
    return await session.scalar(select(func.count()).select_from(Question).where(gone, said)) or 0
