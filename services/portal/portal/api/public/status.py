"""Whether the system works, told to everybody in plain words."""

from fastapi import APIRouter, Response

from portal.api.visit import VisitDep
from portal.domain.addresses import Page
from portal.domain.standing import CAPABILITIES

router = APIRouter()


@router.get(Page.STATUS)
async def status(visit: VisitDep) -> Response:
    """Show what works, what is known of incidents and planned stops, and the availability by month."""
    told = await visit.spare(visit.registers.status(), None)
    return visit.page("public/status.html", told=told, words=CAPABILITIES)
