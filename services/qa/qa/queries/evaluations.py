"""Evaluations, and what is measured of every agency in a period."""

from collections import defaultdict
from datetime import date, datetime
from typing import Final

from regulation.lateness.periods import Cycle, Period
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain import ClockKind
from qa.domain.evaluation import EvaluationNotFoundError, EvaluationState, Measure, Measures, share
from qa.domain.rating import Phase
from qa.domain.rating_tree import told_ratings
from qa.models import Evaluation
from qa.queries.figures import by_agency
from qa.queries.names import parents
from qa.queries.pages import Order, Paged, page_of
from qa.queries.ratings import sums

_NEWEST: Final = Order[Evaluation](
    (Evaluation.last, Evaluation.number),
    (date.fromisoformat, str),
    lambda one: (one.last, one.number),
    down=True,
)


async def evaluation_list(session: AsyncSession, *, limit: int, cursor: str | None) -> Paged[Evaluation]:
    """Return the evaluations, the newest period first."""
    return await page_of(session, select(Evaluation), _NEWEST, limit=limit, cursor=cursor)


async def evaluation_of(session: AsyncSession, number: str) -> Evaluation:
    """Return an evaluation. Raises: EvaluationNotFoundError."""
    found = await session.get(Evaluation, number)
    if found is None:
        raise EvaluationNotFoundError
    return found


async def measured(session: AsyncSession, evaluation: Evaluation, now: datetime) -> Measures:
    """Return what an evaluation says: what was kept when it was closed, until then what is measured now."""
    if evaluation.state == EvaluationState.CLOSED and evaluation.figures is not None:
        return {
            agency: {key: Measure(*pair) for key, pair in row.items()}
            for agency, row in evaluation.figures.items()
        }
    period = Period(evaluation.first, evaluation.last)
    return await measures(session, period, Cycle(evaluation.cycle), now)


async def measures(session: AsyncSession, period: Period, cycle: Cycle, now: datetime) -> Measures:
    """Measure every agency in a period by the indicator set; marks of too few stay untold.

    Marks are told by the quarter only: a year and three of its quarters would tell what the fourth keeps back.

    Source: NB Đ.22.1; BD Đ.13.6; QT Đ.23; R-SAT-04
    """
    found: defaultdict[str, dict[str, Measure]] = defaultdict(dict)
    since, before = period.starts_at, period.ends_at
    for row in await by_agency(session, ClockKind.ANSWER, since, before, now):
        found[row.agency]["questions_in_time"] = share(row.in_time, row.in_time + row.late)
        found[row.agency]["questions_returned"] = share(row.returned, row.forwarded)
    for row in await by_agency(session, ClockKind.RESPONSE, since, before, now):
        found[row.agency]["feedback_in_time"] = share(row.in_time, row.in_time + row.late)
    rated = await sums(session, Phase.RESULT, since, before) if cycle is Cycle.QUARTER else []
    for figure in told_ratings(rated, await parents(session)).own:
        found[figure.agency]["progress"] = Measure(figure.progress, figure.count)
        found[figure.agency]["quality"] = Measure(figure.quality, figure.count)
    return dict(sorted(found.items()))
