"""The desk's queue, the least remaining time first."""

from fastapi import APIRouter, Response

from portal.api.dossier_view import keep_words, remember
from portal.api.forms import PostedDep
from portal.api.visit import OfficerDep
from portal.domain.addresses import Page
from portal.domain.deadlines import deadline
from portal.domain.queues import desk_list, desk_tabs

router = APIRouter()
PAGE_SIZE = 25


@router.get(Page.QUEUE)
async def queue(visit: OfficerDep) -> Response:
    """List the desk's dossiers, the least remaining time first; words are looked for beyond the open tab."""
    asked = visit.request.query_params
    tab, due = asked.get("muc", "moi"), asked.get("han", "")
    words = visit.session.notes.get("desk_q", "")
    whole = bool(due or words)
    found = await visit.desk.queue(
        list="" if whole else desk_list(tab),
        q=words,
        due="" if words else due,
        limit=PAGE_SIZE,
        cursor=asked.get("cursor", ""),
    )
    remember(visit, "desk", found.items)
    counts = await visit.desk.counts()
    rows = [
        (row, deadline(row.remaining_minutes, row.urgency, visit.say, paused=row.paused))
        for row in found.items
    ]
    return visit.page(
        "desk/queue.html",
        found=found,
        rows=rows,
        tabs=desk_tabs("" if whole else tab, counts.lists),
        counts=counts,
        tab=tab,
        due=due,
        words=words,
    )


@router.post(Page.QUEUE_SEARCH)
async def search_queue(visit: OfficerDep, form: PostedDep) -> Response:
    """Keep the words looked for out of the address: they may be somebody's name."""
    return keep_words(visit, "desk_q", form.text("q"), Page.QUEUE.at(muc=form.text("muc")))
