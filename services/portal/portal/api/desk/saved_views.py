"""The lists an officer saved: keep the one that is looked at, rename, remove."""

from urllib.parse import urlsplit

from fastapi import APIRouter, Response
from regulation.roles import Right
from starlette.datastructures import QueryParams

from portal.adapters.http import Json
from portal.adapters.saved_views import SavedViews
from portal.api.desk.queue import view_of
from portal.api.entitled import officer_with
from portal.api.form_page import Filled, FormFlow, form_page, needed, sends, told_at
from portal.api.forms import Posted
from portal.api.visit import Visit
from portal.domain.addresses import Page
from portal.domain.queue_view import View
from portal.domain.queues import DESK_TABS, saved_lists

router = APIRouter()
READS = officer_with(Right.READ_DESK)
NAMELESS = {"name": "Đặt tên cho danh sách"}


async def show(visit: Visit, filled: Filled) -> Response:
    """Show every saved list with its name to change; what could not be saved stands there to be sent again."""
    views = await SavedViews(visit.link("intake")).all()
    return filled.page(visit, "desk/saved_views.html", saved=saved_lists(views))


async def save(visit: Visit, form: Posted) -> Response:
    """Keep the list as it was looked at."""
    needed(visit, {"name": form.text("name")}, NAMELESS)
    view = view_of(visit, QueryParams(urlsplit(form.text("asked")).query))
    await SavedViews(visit.link("intake")).save(_body(view, form.text("name")), form.key)
    return visit.go(view.at(), flash="Đã lưu danh sách.")


def _body(view: View, name: str) -> Json:
    return {
        "name": name,
        "list": DESK_TABS[view.tab["muc"]][0],
        "chosen": view.wish,
        "columns": list(view.picked),
    }


async def rename(visit: Visit, form: Posted) -> Response:
    """Give it another name."""
    needed(visit, {"name": form.text("name")}, NAMELESS)
    await SavedViews(visit.link("intake")).rename(visit.part("view"), form.text("name"))
    return visit.go(Page.VIEWS, flash="Đã đổi tên danh sách.")


async def drop(visit: Visit, form: Posted) -> Response:
    """Remove it."""
    await SavedViews(visit.link("intake")).drop(visit.part("view"))
    return visit.go(Page.VIEWS, flash="Đã bỏ danh sách.")


form_page(router, Page.VIEWS, FormFlow(show, save), READS)
sends(router, Page.VIEW_NAME, FormFlow(show, rename), READS)
sends(router, Page.VIEW_DROP, FormFlow(show, drop, told_at("")), READS)
