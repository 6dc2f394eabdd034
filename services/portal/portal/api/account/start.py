"""Where an officer begins: what waits, and the way from a notice to the page where it is worked on."""

from fastapi import APIRouter, Response
from regulation.roles import Right

from portal.api.news import follow
from portal.api.visit import OfficerDep, VisitDep
from portal.domain.addresses import Page, address
from portal.domain.places import places
from portal.domain.queues import desk_tabs, question_tabs, work_tabs

router, front_door = APIRouter(), APIRouter()
HANDLING = frozenset((Right.HANDLE_DOSSIER, Right.DECIDE_DOSSIER))
"""The rights that bring a list of dossiers to handle or to decide."""

LISTED = frozenset((Page.QUEUE, Page.WORK, Page.TO_SIGN, Page.ASKED))
"""The pages whose work the start page counts."""


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
    """Show what waits: new, due soon, overdue, sent back; what to sign comes first."""
    at_desk, at_work = Right.READ_DESK in visit.rights, bool(visit.rights & HANDLING)
    desk = await visit.spare(visit.desk.counts(), None) if at_desk else None
    work = await visit.spare(visit.processing.counts(), None) if at_work else None
    asked = (
        await visit.spare(visit.questions.counts(), None) if Right.READ_QUESTIONS in visit.rights else None
    )
    leads = Right.DECIDE_DOSSIER in visit.rights
    lists = [
        ("Tiếp nhận và trả kết quả", desk_tabs(desk) if desk else []),
        ("Giải quyết", work_tabs(work, rights=visit.rights) if work else []),
    ]
    lists = lists[::-1] if leads else lists
    lists.append(("Hỏi đáp", question_tabs(asked, waiting=True) if asked else []))
    follows = follow(visit, (), str(visit.session.account.get("agency") or ""))
    away = (at_desk and desk is None) or (at_work and work is None)
    listed = any(tabs for _, tabs in lists)
    others = [one for one in places(visit.rights) if one.page not in LISTED]
    return visit.page(
        "account/start.html", lists=lists, listed=listed, others=others, away=away, follows=follows
    )


@router.get(Page.NOTICED_DOSSIER)
async def somewhere(visit: OfficerDep, code: str) -> Response:
    """Lead from a notice to the page where this officer works on the dossier."""
    desk = Right.CHECK_DOSSIER in visit.rights
    if not desk and Right.READ_DESK in visit.rights:
        flags = (await visit.dossiers.one(code)).flags
        desk = flags.checking or flags.paused
    return visit.go(Page.DESK_DOSSIER if desk else Page.WORK_DOSSIER, code=code)
