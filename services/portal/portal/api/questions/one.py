"""One question before its officers: what is asked, how it stands, what may be done."""

from fastapi import APIRouter, Response

from portal.api.questions.clocks import clocks_of
from portal.api.questions.deed_fields import given_back
from portal.api.questions.deeds import offered_deeds
from portal.api.visit import OfficerDep
from portal.domain.addresses import Page

router = APIRouter()
GIVING_BACK = "return"
"""The time for giving back: nobody is told of it who cannot."""


@router.get(Page.ASKED_ONE)
async def show(visit: OfficerDep, number: str) -> Response:
    """Show a question with its clocks, its answer and its history; say so where it is not here any more."""
    found = await visit.found(visit.questions.one(number))
    if found is None:
        return visit.page("questions/not_here.html", status=404, number=number)
    running, ended = clocks_of(visit, found.clocks)
    if GIVING_BACK not in found.actions:
        running = [(clock, left) for clock, left in running if clock.kind != GIVING_BACK]
    return visit.page(
        "questions/one.html",
        q=found,
        deeds=offered_deeds(found),
        running=running,
        ended=ended,
        given_back=given_back(found),
    )
