"""Overdue dossiers of a day or of several: looked at, printed, reported on, and the instruction recorded."""

from datetime import date

from fastapi import APIRouter, Response

from portal.adapters.http import Json
from portal.adapters.stats import Stats
from portal.api.form_page import A_DAY, Filled, FormFlow, days_of, form_page, needed
from portal.api.forms import Posted
from portal.api.relayed import relay_file
from portal.api.visit import OfficerDep, Visit, officer
from portal.domain.addresses import Page
from portal.domain.days import day_said

router = APIRouter()
NEEDED = {
    "given_by": "Ghi người chỉ đạo",
    "words": "Ghi nội dung chỉ đạo",
    "reported_on": "Ghi ngày báo cáo",
    "received_on": "Ghi ngày nhận chỉ đạo",
}
DAYS = ("reported_on", "received_on")


ASKED = {"first": "tu", "last": "den"}


def days_asked(visit: Visit) -> Json:
    """Read the days that the address asks for; what is no date is left out."""
    found = {name: _day(visit.request.query_params.get(key, "")) for name, key in ASKED.items()}
    return {name: day for name, day in found.items() if day}


def _day(text: str) -> str:
    """Read a day as people write it, or as an address of ours does; empty for none."""
    try:
        return (day_said(text) or date.fromisoformat(text)).isoformat()
    except ValueError:
        return ""


async def show(visit: Visit, filled: Filled) -> Response:
    """Show the list and the instructions, with the place for another one."""
    days = {name: filled.typed[name] for name in ASKED if filled.typed.get(name)}
    found = await Stats(visit.link("stats")).overdue(**(days or days_asked(visit)))
    typed = {key: visit.request.query_params.get(key, "") for key in ASKED.values()}
    asked = {key: text for key, text in typed.items() if text and not _day(text)}
    unread = dict.fromkeys(asked, visit.say(A_DAY))
    return filled.page(visit, "desk/overdue.html", found=found, asked=asked, unread=unread)


async def record(visit: Visit, form: Posted) -> Response:
    """Keep the instruction."""
    body: Json = {name: form.text(name) for name in (*NEEDED, "first", "last")}
    needed(visit, body, NEEDED)
    body |= days_of(visit, form, {name: name for name in DAYS})
    await Stats(visit.link("stats")).instruct(body, form.key)
    return visit.go(
        Page.OVERDUE, tu=form.text("first"), den=form.text("last"), flash="Đã ghi ý kiến chỉ đạo."
    )


@router.get(Page.OVERDUE_PDF)
async def printed(visit: OfficerDep) -> Response:
    """Print the list."""
    return relay_file(visit, await Stats(visit.link("stats")).overdue_pdf(**days_asked(visit)), framed=True)


form_page(router, Page.OVERDUE, FormFlow(show, record), officer)
