"""Figures of questions and feedback, in total and per agency, for who watches over them."""

from datetime import datetime, timedelta

from common.api import CallerDep
from common.api.deps import only_for
from fastapi import APIRouter
from pydantic import BaseModel
from regulation.days import Moment
from regulation.roles import Reach, Right, view, who_may

from qa import queries
from qa.api.deps import VisitDep
from qa.domain import ClockKind
from qa.queries.figures import Balance, by_agency, feedback_balance, question_balance, rolled
from qa.queries.names import parents

router = APIRouter(prefix="/api/qa/figures", tags=["figures"])


class BalanceOut(BaseModel):
    """What was received and where it stands; `holds` says that it adds up and that the history says the same."""

    received: int
    answered: int
    refused: int
    moved: int
    open: int
    holds: bool


class AgencyFiguresOut(BaseModel):
    """What an agency and those below it were given and did with it; what ended late there is late however it ended."""

    agency: str
    agency_name: str
    forwarded: int
    returned: int
    recalled: int
    in_time: int
    late: int
    came_late: int
    closed: int
    late_open: int


class FiguresPageOut(BaseModel):
    """The figures of a time; the total is told to who sees the province."""

    since: datetime
    before: datetime
    total: BalanceOut | None
    agencies: list[AgencyFiguresOut]


async def _figures(
    visit: VisitDep,
    caller: CallerDep,
    right: Right,
    since: datetime | None,
    before: datetime | None,
) -> FiguresPageOut:
    begin, end = since or visit.now - timedelta(days=31), before or visit.now
    seen = view(right, caller)
    feedback = right is Right.READ_FEEDBACK
    balance: Balance | None = None
    if seen.reach is Reach.PROVINCE:
        balance = await (feedback_balance if feedback else question_balance)(visit.session, begin, end)
    kind = ClockKind.RESPONSE if feedback else ClockKind.ANSWER
    told = await by_agency(visit.session, kind, begin, end, visit.now)
    rows = [row for row in told if seen.sees(agency=row.agency)]
    if seen.reach >= Reach.SUB_TREE:
        whole = rolled(rows, await parents(visit.session))
        rows = [row for row in whole if seen.sees(agency=row.agency)]
    names = await queries.agency_names(visit.session, {row.agency for row in rows}, visit.lang)
    return FiguresPageOut(
        since=begin,
        before=end,
        total=BalanceOut(**vars(balance.rows), holds=balance.holds) if balance else None,
        agencies=[AgencyFiguresOut(**vars(row), agency_name=names.get(row.agency, "")) for row in rows],
    )


@router.get("/questions", dependencies=[only_for(who_may(Right.READ_QUESTIONS))])
async def of_questions(
    visit: VisitDep,
    caller: CallerDep,
    since: Moment | None = None,
    before: Moment | None = None,
) -> FiguresPageOut:
    """Count questions of a time: received, refused, forwarded, returned, answered in time and late."""
    return await _figures(visit, caller, Right.READ_QUESTIONS, since, before)


@router.get("/feedback", dependencies=[only_for(who_may(Right.READ_FEEDBACK))])
async def of_feedback(
    visit: VisitDep,
    caller: CallerDep,
    since: Moment | None = None,
    before: Moment | None = None,
) -> FiguresPageOut:
    """Count feedback of a time: received, closed, forwarded, returned, replied in time and late."""
    return await _figures(visit, caller, Right.READ_FEEDBACK, since, before)
