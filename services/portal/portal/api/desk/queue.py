"""The desk's queue, the least remaining time first."""

from fastapi import APIRouter, Response

from portal.api.dossier_view import keep_words, remember, words_of
from portal.api.forms import PostedDep
from portal.api.news import follow
from portal.api.relayed import relay_file
from portal.api.visit import OfficerDep, Visit
from portal.domain.addresses import Page
from portal.domain.deadlines import deadline
from portal.domain.queues import DESK_TABS, desk_tabs

router = APIRouter()
PAGE_SIZE = 25


@router.get(Page.QUEUE)
async def queue(visit: OfficerDep) -> Response:
    """List the desk's dossiers, the least remaining time first; words are looked for beyond the open tab."""
    tab, due, words = _asked(visit)
    cursor = visit.request.query_params.get("cursor", "")
    found = await visit.desk.queue(**_wish(visit), limit=PAGE_SIZE, cursor=cursor)
    remember(visit, "desk", [row.code for row in found.items])
    counts = await visit.desk.counts()
    return visit.page(
        "desk/queue.html",
        found=found,
        rows=[
            (row, deadline(row.remaining_minutes, row.urgency, visit.say, paused=row.paused))
            for row in found.items
        ],
        tabs=desk_tabs(counts, "" if due or words else tab, due),
        tab=tab,
        due=due,
        words=words,
        follows=follow(
            visit, [row.code for row in found.items], str(visit.session.account.get("agency") or "")
        ),
    )


@router.get(Page.QUEUE_CSV)
async def export(visit: OfficerDep) -> Response:
    """Hand out the list that is shown, whole, for spreadsheet programs."""
    return relay_file(visit, await visit.desk.csv(**_wish(visit)), name="ho-so.csv")


def _asked(visit: Visit) -> tuple[str, str, str]:
    """Give the tab, the lateness and the words that are asked for."""
    asked = visit.request.query_params
    words = words_of(visit, "desk_q", tab="muc" in asked or "han" in asked)
    return asked.get("muc", "moi"), asked.get("han", ""), words


def _wish(visit: Visit) -> dict[str, str]:
    """Ask for what is shown: words beyond every tab, lateness beyond the lists, else one list."""
    tab, due, words = _asked(visit)
    shown = DESK_TABS.get(tab, DESK_TABS["moi"])[1]
    return {"list": "" if due or words else shown, "q": words, "due": "" if words else due}


@router.post(Page.QUEUE_SEARCH)
async def search_queue(visit: OfficerDep, form: PostedDep) -> Response:
    """Keep the words looked for out of the address: they may be somebody's name."""
    return keep_words(visit, "desk_q", form.text("q"), Page.QUEUE, muc=form.text("muc"))
