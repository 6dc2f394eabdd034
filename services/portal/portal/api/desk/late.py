"""Late entries: what was received on paper during an outage, and the second person who confirms it."""

from fastapi import APIRouter, Response

from portal.adapters.walk_ins import WalkIns
from portal.api.desk.walk_in import RECEIVES
from portal.api.form_page import Filled, FormFlow, sends, shows, told_at
from portal.api.forms import Posted
from portal.api.visit import Visit
from portal.domain.addresses import Page

router = APIRouter()


async def show(visit: Visit, filled: Filled) -> Response:
    """Show declared outages, where to write down, and what waits for a second person."""
    told = await WalkIns(visit.link("intake")).late()
    return filled.page(visit, "desk/late.html", told=told)


async def confirm(visit: Visit, form: Posted) -> Response:
    """Confirm one as the second person."""
    await visit.dossiers.act(visit.part("code"), "late-confirmation", {"version": form.version}, form.key)
    return visit.go(Page.LATE, flash="Đã xác nhận hồ sơ nhập bù.")


shows(router, Page.LATE, show, RECEIVES)
sends(router, Page.CONFIRM_LATE, FormFlow(show, confirm, told_at(""), also=frozenset({403})), RECEIVES)
