"""Where an officer begins: what waits, and the way from a notice to the page where it is worked on."""

from fastapi import APIRouter, Response

from portal.api.visit import LEADERS, OfficerDep, Visit
from portal.domain.addresses import Page

router = APIRouter()
DESK_ROLES = frozenset({"desk_officer", "signer", "agency_head"})
WORK_ROLES = frozenset({"specialist", "signer", "agency_head"})


@router.get(Page.START)
async def start(visit: OfficerDep) -> Response:
    """Show what waits: new, due soon, overdue, returned, to sign."""
    roles = visit.roles
    desk = await visit.spare(visit.desk.counts(), None) if roles & DESK_ROLES else None
    work = (
        await visit.spare(visit.processing.counts(), None)
        if roles & WORK_ROLES and visit.session.account.get("agency")
        else None
    )
    return visit.page("account/start.html", desk=desk, work=work)


@router.get(Page.NOTICED_DOSSIER)
async def somewhere(visit: OfficerDep, code: str) -> Response:
    """Lead from a notice to the page where this officer works on the dossier."""
    leads = visit.roles & LEADERS
    desk = "desk_officer" in visit.roles or (leads and await _at_the_desk(visit, code))
    return visit.go(Page.DESK_DOSSIER if desk else Page.WORK_DOSSIER, code=code)


async def _at_the_desk(visit: Visit, code: str) -> bool:
    """Say whether nobody but the desk has the dossier yet."""
    return (await visit.dossiers.one(code))["state"] in ("submitted", "supplement_requested")


@router.get(Page.NOTICED)
async def some_list(visit: OfficerDep) -> Response:
    """Lead from a notice about many dossiers to the officer's start page."""
    return visit.go(Page.START)
