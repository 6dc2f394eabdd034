"""What one agency answers, under the address by which the edge finds its own instance."""

from typing import Annotated

from common.api import CallerDep
from common.api.deps import only_for
from fastapi import APIRouter, Depends, Path
from fastapi.routing import APIRoute
from regulation.codes import AgencyCode
from regulation.codes.agency import LONGEST
from regulation.roles import Right, who_may

from qa.api import answering, triage
from qa.api.board import BoardPageOut, listed
from qa.api.deps import Cursor, DeskDep, Limit, VisitDep
from qa.api.question_out import QuestionOut, shown
from qa.domain.errors import QuestionNotFoundError
from qa.queries import Board, Queue

READ = [only_for(who_may(Right.READ_QUESTIONS))]
AgencyPath = Annotated[
    str, Path(pattern=r"^[A-Z0-9.]+$", max_length=LONGEST, description="Agency code, for example H42.101")
]
router = APIRouter(prefix="/api/qa/agencies/{agency}")


async def below(agency: AgencyPath, desk: DeskDep) -> None:
    """Let pass who names the agency that has the question, or one above it. Raises: QuestionNotFoundError."""
    had = desk.question.agency
    if had is None or not AgencyCode.parse(had).within(agency):
        raise QuestionNotFoundError


@router.get("/questions", tags=["board"], dependencies=READ)
async def board(
    *,
    agency: AgencyPath,
    visit: VisitDep,
    caller: CallerDep,
    queue: Queue = Queue.OPEN,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> BoardPageOut:
    """List a queue of an agency and those below it, soonest due first. Source: R-QNA-21; decision 0068"""
    return await listed(visit, caller, Board(queue, agency), limit, cursor)


@router.get("/questions/{question}", tags=["board"], dependencies=[*READ, Depends(below)])
async def one_question(desk: DeskDep) -> QuestionOut:
    """Show a whole question."""
    return await shown(desk)


for deed in (*triage.router.routes, *answering.router.routes):
    if isinstance(deed, APIRoute) and "GET" not in (deed.methods or ()):  # below the agency's address too
        router.add_api_route(
            deed.path.removeprefix("/api/qa"),
            deed.endpoint,
            methods=sorted(deed.methods or ()),
            status_code=deed.status_code,
            tags=deed.tags,
            dependencies=[*deed.dependencies, Depends(below)],
        )
