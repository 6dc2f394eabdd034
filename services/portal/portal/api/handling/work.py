"""The specialist's queues and the leader's: what waits for a hand or a signature, the soonest due first."""

from dataclasses import replace

from answers.processing import WorkFilter, WorkPageOut
from fastapi import APIRouter, Response
from regulation.queues import HANDLING
from regulation.queues import WorkFilter as Shared

from portal.api.dossier_view import keep_words, remember, words_of
from portal.api.forms import PostedDep
from portal.api.handling.dossier import clock
from portal.api.news import follow
from portal.api.paging import cursor_of
from portal.api.queue_pages import Shown, laid_out
from portal.api.visit import OfficerDep, Visit
from portal.domain.addresses import Page
from portal.domain.queue_view import View
from portal.domain.queues import work_tabs

router = APIRouter()
PAGE_SIZE = 25


@router.post(Page.WORK_SEARCH)
async def search_work(visit: OfficerDep, form: PostedDep) -> Response:
    """Keep the words looked for out of the address."""
    return keep_words(visit, "work_q", form.text("q"), Page.WORK, loc=form.text("muc") or WorkFilter.ALL)


@router.get(Page.WORK)
async def work_list(visit: OfficerDep) -> Response:
    """List the specialist's dossiers, the soonest due first."""
    asked = visit.request.query_params.get("loc", WorkFilter.MINE)
    return await _work_page(visit, WorkFilter(asked) if asked in {*WorkFilter} else WorkFilter.ALL)


@router.get(Page.TO_SIGN)
async def to_sign(visit: OfficerDep) -> Response:
    """List what waits for the leader's signature."""
    return await _work_page(visit, WorkFilter.TO_SIGN)


async def _work_page(visit: Visit, which: WorkFilter) -> Response:
    view, words = _asked(visit, which)
    cursor = cursor_of(visit)
    found = await visit.processing.dossiers(
        filter=which, q=words, **view.wish, limit=PAGE_SIZE, cursor=cursor
    )
    codes = [row.code for row in found.items]
    remember(visit, "work", codes, cursor, found.next or "")
    counts = await visit.processing.counts(**({} if words else view.wish))
    shown = Shown(
        view=view,
        rows=[(row, clock(visit, row)) for row in found.items],
        tabs=work_tabs(counts, which, None if words else view, rights=visit.rights),
        choices=await visit.spare(visit.processing.choices(), None),
        follows=follow(visit, codes, str(visit.session.account.get("agency") or "")),
    )
    applicants = await _applicants(visit, found)
    told = laid_out(visit, shown)
    return visit.page("handling/work.html", found=found, words=words, applicants=applicants, **told)


def _asked(visit: Visit, which: WorkFilter) -> tuple[View, str]:
    asked = visit.request.query_params
    signing = which is WorkFilter.TO_SIGN
    words = words_of(visit, "work_q", tab="loc" in asked or signing)
    page, tab = (Page.TO_SIGN, {}) if signing else (Page.WORK, {"loc": str(which)})
    view = View.read(page, tab, HANDLING[Shared(which)], asked, visit.say)
    return replace(view, found=bool(words)), words


async def _applicants(visit: Visit, found: WorkPageOut) -> dict[str, str]:
    """Name whose the dossiers of a page are; the list goes on where intake is away."""
    if not found.items:
        return {}
    named = await visit.spare(visit.desk.applicants([row.code for row in found.items]), ())
    return {one.code: one.applicant_name for one in named}
