"""Evaluations of how agencies serve online: begun for a period, looked at, concluded."""

from datetime import date, datetime
from typing import Annotated

from common.api import CallerDep, IdempotencyDep, Page
from common.api.deps import only_for
from fastapi import APIRouter, Path
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from regulation.days import Day
from regulation.lateness.periods import Cycle
from regulation.roles import Right, who_may

from qa import queries
from qa.api.deps import Cursor, Limit, Visit, VisitDep
from qa.api.triage import VersionBody
from qa.domain.evaluation import INDICATORS, NOTHING, PERIODS, EvaluationState, Measure, Unit
from qa.models import Evaluation
from qa.queries import evaluations as reads
from qa.usecases.evaluate_agencies import begin_evaluation, close_evaluation

router = APIRouter(prefix="/api/qa/evaluations", tags=["evaluations"])
READ = [only_for(who_may(Right.READ_EVALUATIONS))]
EVALUATE = [only_for(who_may(Right.EVALUATE_AGENCIES))]
EvaluationNumber = Annotated[str, Path(max_length=40)]


class EvaluationBody(BaseModel):
    """Which period is evaluated: its length and any day of it."""

    cycle: Cycle
    day: Day


class ConclusionBody(VersionBody):
    """What follows from the figures."""

    conclusion: str = Field(max_length=20_000)


class EvaluationRowOut(BaseModel):
    """An evaluation in a list."""

    number: str
    cycle: Cycle
    cycle_label: str
    first: date
    last: date
    state: EvaluationState
    state_label: str
    closed_at: datetime | None


class IndicatorOut(BaseModel):
    """Something that is measured, with the article that asks for it."""

    key: str
    label: str
    unit: Unit
    source: str


class MeasureOut(BaseModel):
    """What an indicator is at an agency, and of how many cases."""

    value: float | None
    count: int | None


class EvaluatedAgencyOut(BaseModel):
    """What was measured of one agency, in the order of the indicators."""

    agency: str
    agency_name: str
    measures: list[MeasureOut]


class EvaluationOut(EvaluationRowOut):
    """An evaluation with its figures: of a closed one as they were kept."""

    version: int
    conclusion: str
    indicators: list[IndicatorOut]
    agencies: list[EvaluatedAgencyOut]
    open: bool


def _row(one: Evaluation, visit: Visit) -> EvaluationRowOut:
    cycle, state = Cycle(one.cycle), EvaluationState(one.state)
    return EvaluationRowOut(
        number=one.number,
        cycle=cycle,
        cycle_label=PERIODS[cycle][visit.lang == "en"],
        first=one.first,
        last=one.last,
        state=state,
        state_label=state.said(visit.lang),
        closed_at=one.closed_at,
    )


def _measure(one: Measure) -> MeasureOut:
    return MeasureOut(value=one.value, count=one.count)


async def _out(one: Evaluation, visit: Visit) -> EvaluationOut:
    found = await reads.measured(visit.session, one, visit.now)
    names = await queries.agency_names(visit.session, found.keys(), visit.lang)
    return EvaluationOut(
        **_row(one, visit).model_dump(),
        version=one.version,
        conclusion=one.conclusion,
        indicators=[
            IndicatorOut(key=i.key, label=i.said(visit.lang), unit=i.unit, source=i.source)
            for i in INDICATORS
        ],
        agencies=[
            EvaluatedAgencyOut(
                agency=agency,
                agency_name=names.get(agency, agency),
                measures=[_measure(row.get(i.key, NOTHING)) for i in INDICATORS],
            )
            for agency, row in found.items()
        ],
        open=one.state == EvaluationState.OPEN,
    )


@router.get("", dependencies=READ)
async def listing(visit: VisitDep, limit: Limit = 50, cursor: Cursor = None) -> Page[EvaluationRowOut]:
    """List the evaluations, the newest period first."""
    found = await reads.evaluation_list(visit.session, limit=limit, cursor=cursor)
    return Page(items=[_row(one, visit) for one in found.rows], total=found.total, next=found.next)


@router.post("", dependencies=EVALUATE, status_code=201, response_model=EvaluationOut)
async def begin(
    visit: VisitDep, caller: CallerDep, idem: IdempotencyDep, body: EvaluationBody
) -> EvaluationOut | JSONResponse:
    """Begin the evaluation of a period that is over."""
    if hit := await idem.replay(visit.session):
        return hit
    made = await begin_evaluation(visit.session, visit.rules, caller, body.cycle, day=body.day, now=visit.now)
    out = await _out(made, visit)
    await idem.remember(visit.session, 201, out)
    return out


@router.get("/{evaluation}", dependencies=READ)
async def show(visit: VisitDep, evaluation: EvaluationNumber) -> EvaluationOut:
    """Show an evaluation with its figures."""
    return await _out(await reads.evaluation_of(visit.session, evaluation), visit)


@router.post("/{evaluation}/closing", dependencies=EVALUATE, status_code=201)
async def close(
    visit: VisitDep, caller: CallerDep, evaluation: EvaluationNumber, body: ConclusionBody
) -> EvaluationOut:
    """Conclude an evaluation; its figures are kept."""
    found = await reads.evaluation_of(visit.session, evaluation)
    await close_evaluation(
        visit.session, caller, found, version=body.version, conclusion=body.conclusion, now=visit.now
    )
    return await _out(found, visit)
