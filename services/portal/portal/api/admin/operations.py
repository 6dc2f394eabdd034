"""How every part of the system stands, for those who run it."""

from fastapi import APIRouter, Response
from regulation.zone import local_day

from portal.api.visit import OfficerDep
from portal.domain.addresses import Page
from portal.domain.standing import CAPABILITIES, CERTIFICATES, PROBLEMS, ending, job_words, part_words

router = APIRouter()


@router.get(Page.OPERATIONS)
async def operations(visit: OfficerDep) -> Response:
    """Show each process, what waits and fails in it, backups, drills, availability and open incidents."""
    told = await visit.registers.inside()
    return visit.page(
        "admin/operations.html",
        told=told,
        today=local_day(visit.now),
        words=CAPABILITIES,
        part_words=part_words,
        job_words=job_words,
        problems=PROBLEMS,
        certificates=CERTIFICATES,
        ending=ending(told.parts),
    )
