"""Overdue dossiers of a day or of several: looked at, printed, reported on, and the instruction recorded."""

from datetime import date

from fastapi import APIRouter, Response

from portal.adapters.http import Json
from portal.adapters.stats import Stats
from portal.api.form_page import Filled, FormFlow, form_page, needed
from portal.api.forms import Posted
from portal.api.relayed import relay_file
from portal.api.visit import OfficerDep, Visit, officer
from portal.domain.addresses import Page

router = APIRouter()
NEEDED = {
    "given_by": "Ghi người chỉ đạo",
    "words": "Ghi nội dung chỉ đạo",
    "reported_on": "Chọn ngày báo cáo",
    "received_on": "Chọn ngày nhận chỉ đạo",
}


def days_of(visit: Visit) -> Json:
    """Read the days that are asked for; what is no date is left out."""
    asked = {"first": "tu", "last": "den"}
    found = {name: visit.request.query_params.get(key, "") for name, key in asked.items()}
    return {name: day for name, day in found.items() if _is_day(day)}


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


async def show(visit: Visit, filled: Filled) -> Response:
    """Show the list and the instructions, with the place for another one."""
    days = {name: filled.typed[name] for name in ("first", "last") if filled.typed.get(name)}
    found = await Stats(visit.link("stats")).overdue(**(days or days_of(visit)))
    return filled.page(visit, "desk/overdue.html", found=found)


async def record(visit: Visit, form: Posted) -> Response:
    """Keep the instruction."""
    body: Json = {name: form.text(name) for name in (*NEEDED, "first", "last")}
    needed(visit, body, NEEDED)
    await Stats(visit.link("stats")).instruct(body, form.key)
    return visit.go(
        Page.OVERDUE, tu=form.text("first"), den=form.text("last"), flash="Đã ghi ý kiến chỉ đạo."
    )


@router.get(Page.OVERDUE_PDF)
async def printed(visit: OfficerDep) -> Response:
    """Print the list."""
    return relay_file(visit, await Stats(visit.link("stats")).overdue_pdf(**days_of(visit)), framed=True)


form_page(router, Page.OVERDUE, FormFlow(show, record), officer)
