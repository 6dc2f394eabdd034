"""The specialist's list and the leader's: what waits for a hand or a signature, the soonest due first."""

from fastapi import APIRouter, Response

from portal.api.dossier_view import keep_words, remember
from portal.api.forms import PostedDep
from portal.api.handling.dossier import clock
from portal.api.visit import OfficerDep, Visit
from portal.domain.addresses import Page
from portal.domain.queues import WORK_TABS, work_tabs

router = APIRouter()
PAGE_SIZE = 25


@router.post(Page.WORK_SEARCH)
async def search_work(visit: OfficerDep, form: PostedDep) -> Response:
    """Keep the words looked for out of the address."""
    return keep_words(visit, "work_q", form.text("q"), Page.WORK.at(loc=form.text("muc") or "all"))


@router.get(Page.WORK)
async def work_list(visit: OfficerDep) -> Response:
    """List the specialist's dossiers, the soonest due first."""
    return await _work_page(visit, visit.request.query_params.get("loc", "mine"))


@router.get(Page.TO_SIGN)
async def to_sign(visit: OfficerDep) -> Response:
    """List what waits for the leader's signature."""
    return await _work_page(visit, "to_sign")


async def _work_page(visit: Visit, asked: str) -> Response:
    chosen = asked if asked in dict(WORK_TABS) else "all"
    words = visit.session.notes.get("work_q", "")
    found = await visit.processing.dossiers(
        filter=chosen, q=words, limit=PAGE_SIZE, cursor=visit.request.query_params.get("cursor", "")
    )
    remember(visit, "work", found.items)
    counts = await visit.processing.counts()
    rows = [(row, clock(visit, row)) for row in found.items]
    return visit.page(
        "handling/work.html", found=found, rows=rows, tabs=work_tabs(chosen, counts), tab=chosen, words=words
    )
