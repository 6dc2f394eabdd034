"""How the work lists are looked at, and how one reads on in them from dossier to dossier."""

from dataclasses import replace

from answers.processing import WorkFilter
from regulation.queues import HANDLING
from regulation.queues import WorkFilter as Shared
from starlette.datastructures import QueryParams

from portal.api.dossier_view import SEARCHED, left_view
from portal.api.visit import Visit
from portal.domain.addresses import Page
from portal.domain.queue_view import View

PAGE_SIZE = 25


def view_of(visit: Visit, which: WorkFilter, asked: QueryParams, words: str) -> View:
    """Read how a list is looked at."""
    page, tab = (Page.TO_SIGN, {}) if which is WorkFilter.TO_SIGN else (Page.WORK, {"loc": str(which)})
    view = View.read(page, tab, HANDLING[Shared(which)], asked, visit.say)
    return replace(view, found=bool(words))


async def further(visit: Visit, cursor: str) -> tuple[list[str], str]:
    """Read on behind a cursor in the list as it was left."""
    asked = left_view(visit, "work")
    usual = WorkFilter.TO_SIGN if visit.session.notes.get("work_view", "").startswith(Page.TO_SIGN) else ""
    named = usual or asked.get("loc", WorkFilter.MINE)
    which = WorkFilter(named) if named in {*WorkFilter} else WorkFilter.ALL
    words = visit.session.notes.get("work_q", "") if SEARCHED in asked else ""
    view = view_of(visit, which, asked, words)
    found = await visit.processing.dossiers(
        filter=which, q=words, **view.wish, limit=PAGE_SIZE, cursor=cursor
    )
    return [row.code for row in found.items], found.next or ""
