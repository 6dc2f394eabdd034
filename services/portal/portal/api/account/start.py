"""Where an officer begins: what waits, and the way from a notice to the page where it is worked on."""

from fastapi import APIRouter, Response

from portal.api.visit import LEADERS, OfficerDep, Visit, VisitDep
from portal.domain.addresses import Page, address

router, front_door = APIRouter(), APIRouter()
DESK_ROLES = frozenset({"desk_officer", "signer", "agency_head"})
WORK_ROLES = frozenset({"specialist", "signer", "agency_head"})


@front_door.get(Page.HOME)
async def enter(visit: VisitDep) -> Response:
    """Lead to the start page, where the officers' site stands alone."""
    return visit.go(Page.START)


@router.get(Page.LETTER_SIGN_IN)
async def letter_address(visit: VisitDep) -> Response:
    """Lead the address named in officers' letters to their sign-in."""
    return visit.go(address(Page.SIGN_IN, "officer"))


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
