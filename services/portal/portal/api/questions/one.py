"""One question before its officers: what is asked, how it stands, what may be done."""

from answers.qa import ClockOut
from fastapi import APIRouter, Response

from portal.api.questions.deeds import offered_deeds
from portal.api.visit import OfficerDep, Visit
from portal.domain.addresses import Page
from portal.domain.deadlines import Deadline, deadline

router = APIRouter()


@router.get(Page.ASKED_ONE)
async def show(visit: OfficerDep, number: str) -> Response:
    """Show a question with its clocks, its answer and its history."""
    found = await visit.questions.one(number)
    return visit.page(
        "questions/one.html",
        q=found,
        deeds=offered_deeds(found),
        clocks=[(clock, _left(visit, clock)) for clock in found.clocks],
    )


def _left(visit: Visit, clock: ClockOut) -> Deadline:
    """Say how much working time is left; a clock that has ended says nothing."""
    return deadline(clock.left_minutes, clock.urgency or "", visit.say)
