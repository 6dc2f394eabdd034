"""The centre evaluates how agencies serve online, and concludes."""

from datetime import date, datetime

from common.errors import FieldProblem, InvalidInputError
from common.security import Caller
from regulation.lateness.periods import Cycle
from regulation.text import cleaned
from regulation.zone import local_day
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain import QuestionRules
from qa.domain.evaluation import (
    AlreadyEvaluatedError,
    EvaluationClosedError,
    EvaluationState,
    evaluated_period,
)
from qa.models import EVALUATION_NUMBERS, Evaluation
from qa.queries.evaluations import measured

LEAST_WORDS = 20
"""A conclusion of fewer letters says nothing an agency could act on."""


async def begin_evaluation(
    session: AsyncSession, rules: QuestionRules, caller: Caller, cycle: Cycle, *, day: date, now: datetime
) -> Evaluation:
    """Begin the one evaluation of a period that is over.

    Raises: InvalidInputError, AlreadyEvaluatedError.
    Source: NB Đ.22.1; BD Đ.13.6; QT Đ.23; R-SAT-04
    """
    period = evaluated_period(cycle, day, now, rules.rating.changeable)
    row = {
        "number": f"DG-{local_day(now).year}-{await session.scalar(EVALUATION_NUMBERS):06}",
        "state": EvaluationState.OPEN,
        "cycle": cycle,
        "first": period.first,
        "last": period.last,
        "begun_by": caller.subject,
        "begun_at": now,
        "conclusion": "",
        "version": 1,
    }
    one = insert(Evaluation).values(row).on_conflict_do_nothing(constraint="uq_evaluation_cycle")
    added = await session.scalar(one.returning(Evaluation))
    if added is None:
        same = (Evaluation.cycle == cycle, Evaluation.first == period.first)
        raise AlreadyEvaluatedError(number=await session.scalar(select(Evaluation.number).where(*same)))
    return added


async def close_evaluation(
    session: AsyncSession,
    caller: Caller,
    evaluation: Evaluation,
    *,
    version: int,
    conclusion: str,
    now: datetime,
) -> None:
    """Conclude; the figures of this moment are kept and stand, whatever is corrected later.

    Raises: StaleVersionError, EvaluationClosedError, InvalidInputError.
    Source: NB Đ.22.1; BD Đ.13.6; QT Đ.23; R-SAT-04
    """
    if evaluation.state == EvaluationState.CLOSED:
        raise EvaluationClosedError
    evaluation.expect(version)
    said = cleaned(conclusion)
    if len(said) < LEAST_WORDS:
        vi, en = "Ghi kết luận, ít nhất 20 ký tự.", "Write a conclusion of at least 20 characters."
        raise InvalidInputError([FieldProblem("conclusion", "length", vi, en)])
    figures = await measured(session, evaluation, now)
    evaluation.figures = {
        agency: {key: [one.value, one.count] for key, one in row.items()} for agency, row in figures.items()
    }
    evaluation.state, evaluation.conclusion = EvaluationState.CLOSED, said
    evaluation.closed_by, evaluation.closed_at = caller.subject, now
    await session.flush()
