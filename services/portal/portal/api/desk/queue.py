"""The desk's queues, the least remaining time first."""

from dataclasses import replace

from fastapi import APIRouter, Response
from regulation.queues import DESK, DeskList
from starlette.datastructures import QueryParams

from portal.api.dossier_view import SEARCHED, keep_words, left_view, remember, words_of
from portal.api.forms import PostedDep
from portal.api.news import follow
from portal.api.paging import cursor_of
from portal.api.queue_pages import Shown, laid_out
from portal.api.relayed import relay_file
from portal.api.visit import OfficerDep, Visit
from portal.domain.addresses import Page
from portal.domain.deadlines import deadline
from portal.domain.queue_view import View
from portal.domain.queues import DESK_TABS, OLD_TABS, desk_tabs, saved_lists

router = APIRouter()
PAGE_SIZE = 25


@router.get(Page.QUEUE)
async def queue(visit: OfficerDep) -> Response:
    """List the desk's dossiers, the least remaining time first; words are looked for beyond the open tab."""
    view, words = _asked(visit)
    cursor = cursor_of(visit)
    found = await visit.desk.queue(**_wish(view, words), limit=PAGE_SIZE, cursor=cursor)
    codes = [row.code for row in found.items]
    remember(visit, "desk", codes, cursor, found.next or "")
    counts = await visit.desk.counts(**({} if words else view.wish))
    choices = await visit.spare(visit.desk.choices(), None)
    shown = Shown(
        view=view,
        rows=[
            (row, deadline(row.remaining_minutes, row.urgency, visit.say, paused=row.paused))
            for row in found.items
        ],
        tabs=desk_tabs(counts, "" if words else view.tab["muc"], None if words else view),
        choices=choices,
        follows=follow(visit, codes, str(visit.session.account.get("agency") or "")),
    )
    saved = saved_lists(choices.views) if choices else []
    return visit.page("desk/queue.html", found=found, words=words, saved=saved, **laid_out(visit, shown))


@router.get(Page.QUEUE_CSV)
async def export(visit: OfficerDep) -> Response:
    """Hand out the list that is shown, whole, for spreadsheet programs."""
    return relay_file(visit, await visit.desk.csv(**_wish(*_asked(visit))), name="ho-so.csv")


def _asked(visit: Visit) -> tuple[View, str]:
    """Give what the address asks for, and the words that are looked for."""
    asked = visit.request.query_params
    words = words_of(visit, "desk_q", tab="muc" in asked or "han" in asked)
    return replace(view_of(visit, asked), found=bool(words)), words


async def further(visit: Visit, cursor: str) -> tuple[list[str], str]:
    """Read on behind a cursor in the list as it was left."""
    asked = left_view(visit, "desk")
    words = visit.session.notes.get("desk_q", "") if SEARCHED in asked else ""
    wish = _wish(replace(view_of(visit, asked), found=bool(words)), words)
    found = await visit.desk.queue(**wish, limit=PAGE_SIZE, cursor=cursor)
    return [row.code for row in found.items], found.next or ""


def view_of(visit: Visit, asked: QueryParams) -> View:
    """Read the list an address asks for."""
    tab = OLD_TABS.get(asked.get("han", ""), asked.get("muc", ""))
    tab = tab if tab in DESK_TABS else "moi"
    queue = DESK[DeskList(DESK_TABS[tab][0])]
    return View.read(Page.QUEUE, {"muc": tab}, queue, asked, visit.say)


def _wish(view: View, words: str) -> dict[str, str]:
    """Ask for what is shown: words beyond every tab, else one list; what narrows it narrows both."""
    return {"list": "" if words else DESK_TABS[view.tab["muc"]][0], "q": words, **view.wish}


@router.post(Page.QUEUE_SEARCH)
async def search_queue(visit: OfficerDep, form: PostedDep) -> Response:
    """Keep the words looked for out of the address: they may be somebody's name."""
    return keep_words(visit, "desk_q", form.text("q"), Page.QUEUE, muc=form.text("muc"))
