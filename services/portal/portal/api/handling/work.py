"""The specialist's list and the leader's: what waits for a hand or a signature, the soonest due first."""

from answers.processing import WorkFilter
from fastapi import APIRouter, Response
from regulation.roles import Right

from portal.api.dossier_view import keep_words, remember, words_of
from portal.api.forms import PostedDep
from portal.api.handling.dossier import clock
from portal.api.news import follow
from portal.api.visit import OfficerDep, Visit
from portal.domain.addresses import Page
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
    return await _work_page(visit, visit.request.query_params.get("loc", WorkFilter.MINE))


@router.get(Page.TO_SIGN)
async def to_sign(visit: OfficerDep) -> Response:
    """List what waits for the leader's signature."""
    return await _work_page(visit, WorkFilter.TO_SIGN)


async def _work_page(visit: Visit, asked: str) -> Response:
    chosen = WorkFilter(asked) if asked in {*WorkFilter} else WorkFilter.ALL
    words = words_of(visit, "work_q", tab="loc" in visit.request.query_params or asked == WorkFilter.TO_SIGN)
    found = await visit.processing.dossiers(
        filter=chosen, q=words, limit=PAGE_SIZE, cursor=visit.request.query_params.get("cursor", "")
    )
    remember(visit, "work", [row.code for row in found.items])
    tabs = work_tabs(await visit.processing.counts(), chosen, leads=Right.DECIDE_DOSSIER in visit.rights)
    rows = [(row, clock(visit, row)) for row in found.items]
    follows = follow(visit, [row.code for row in found.items], str(visit.session.account.get("agency") or ""))
    return visit.page(
        "handling/work.html", found=found, rows=rows, tabs=tabs, tab=chosen, words=words, follows=follows
    )
