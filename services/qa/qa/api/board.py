"""The board of questions, and one question with everything an officer may see of it."""

from datetime import datetime
from typing import Annotated

from common.api import CallerDep, Page
from common.api.deps import only_for
from common.security import Caller
from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel
from regulation.roles import Right, who_may
from search import typed

from qa import queries
from qa.api.deps import Cursor, DeskDep, Limit, Visit, VisitDep
from qa.api.question_out import QuestionOut, shown
from qa.api.shapes import left_before, state_said, topic_said
from qa.domain import ClockKind
from qa.domain.states import actions_of
from qa.models import Question
from qa.queries import Board, Queue

router = APIRouter(
    prefix="/api/qa/questions", tags=["board"], dependencies=[only_for(who_may(Right.READ_QUESTIONS))]
)


class BoardRowOut(BaseModel):
    """A question in a queue; `urgency` is of what is owed now."""

    number: str
    title: str
    state: str
    state_label: str
    topic_label: str
    agency: str | None
    agency_name: str
    asked_agency_name: str
    asked_at: datetime
    clock_label: str
    due_at: datetime | None
    urgency: str | None
    left_minutes: int | None
    returned_count: int
    version: int
    actions: list[str]


class BoardPageOut(Page[BoardRowOut]):
    """A page of a queue; `capped` says that `total` stopped counting."""

    capped: bool


class AgencyCountOut(BaseModel):
    """How many questions an agency holds; without a code they wait for the coordinator."""

    agency: str
    agency_name: str
    open: int
    due_soon: int
    overdue: int
    returned: int


class CountsOut(BaseModel):
    """How many questions stand in each queue and with each agency."""

    queues: dict[str, int]
    agencies: list[AgencyCountOut]


async def asked(
    queue: Queue = Queue.OPEN,
    agency: Annotated[str, Query(max_length=40)] = "",
    topic: Annotated[str, Query(max_length=40)] = "",
    q: Annotated[str, Query(max_length=200)] = "",
    people: bool = False,
) -> Board:
    """Read what is asked of the board; `people` looks in what askers said of themselves."""
    return Board(queue, agency, topic, typed(q), people)


BoardDep = Annotated[Board, Depends(asked)]


@router.get("")
async def board(
    *, visit: VisitDep, caller: CallerDep, wanted: BoardDep, limit: Limit = 50, cursor: Cursor = None
) -> BoardPageOut:
    """List a queue, soonest due first. Source: NB Đ.18.5.c; TN Đ.15.4; R-QNA-21"""
    return await listed(visit, caller, wanted, limit, cursor)


async def listed(visit: Visit, caller: Caller, wanted: Board, limit: int, cursor: str | None) -> BoardPageOut:
    """Describe a page of a queue to its caller."""
    found = await queries.board(visit.session, caller, wanted, visit.now, limit=limit, cursor=cursor)
    codes = {code for one in found.items for code in (one.agency, one.asked_agency) if code}
    names = await queries.agency_names(visit.session, codes, visit.lang)
    places = await queries.places_of(visit.session, [one.number for one in found.items])
    rows = [_row(visit, one, names, _actions(visit, caller, one, places)) for one in found.items]
    return BoardPageOut(items=rows, total=found.total, next=found.next, capped=found.capped)


def _actions(visit: Visit, caller: Caller, question: Question, places: dict[str, str]) -> list[str]:
    """Return what may be done here; what another instance has is only shown."""
    if places[question.number] != visit.rules.instance:
        return []
    return actions_of(question.place(visit.rules), caller)


def _row(visit: Visit, question: Question, names: dict[str, str], actions: list[str]) -> BoardRowOut:
    left = left_before(question.clock_from, question.due_at, visit.rules, visit.now)
    return BoardRowOut(
        number=question.number,
        title=question.title,
        state=question.state,
        state_label=state_said(question, visit.lang),
        topic_label=topic_said(question.topic, visit.lang),
        agency=question.agency,
        agency_name=names.get(question.agency or "", ""),
        asked_agency_name=names.get(question.asked_agency or "", ""),
        asked_at=question.asked_at,
        clock_label=ClockKind(question.clock).said(visit.lang) if question.clock else "",
        due_at=question.due_at,
        urgency=left.urgency.value if left else None,
        left_minutes=left.left if left else None,
        returned_count=question.returned_count,
        version=question.version,
        actions=actions,
    )


@router.get("/counts")
async def counts(visit: VisitDep, caller: CallerDep, wanted: BoardDep) -> CountsOut:
    """Count the queues, or what in them is looked for, and what each agency holds.

    Source: NB Đ.18.5.c; TN Đ.15.4; R-QNA-21
    """
    told = await queries.agency_counts(visit.session, caller, visit.now)
    names = await queries.agency_names(visit.session, {one.agency for one in told}, visit.lang)
    queues = (
        await queries.found_counts(visit.session, caller, wanted, visit.now)
        if wanted.q.strip()
        else await queries.queue_counts(visit.session, caller, visit.now)
    )
    return CountsOut(
        queues=queues,
        agencies=[AgencyCountOut(**vars(one), agency_name=names.get(one.agency, "")) for one in told],
    )


@router.get("/{question}")
async def one_question(desk: DeskDep) -> QuestionOut:
    """Show a whole question."""
    return await shown(desk)
