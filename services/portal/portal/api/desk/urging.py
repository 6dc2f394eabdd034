"""Which agencies have overdue dossiers, and reminding one of them with one button."""

from fastapi import APIRouter, Response

from portal.adapters.notify import Reached
from portal.api.form_page import Filled, FormFlow, sends, shows, told_at
from portal.api.forms import Posted
from portal.api.visit import Visit, officer
from portal.domain.addresses import Page

router = APIRouter()
REFUSED = frozenset((403,))


async def show(visit: Visit, filled: Filled) -> Response:
    """List the agencies, the one with most overdue dossiers first."""
    agencies = await Reached(visit.link("notify")).overdue()
    return filled.page(visit, "desk/urging.html", agencies=agencies)


async def urge(visit: Visit, form: Posted) -> Response:
    """Remind the heads of one agency."""
    sent = await Reached(visit.link("notify")).remind(visit.part("agency"), form.key)
    if not sent.told_count:
        return visit.go(
            Page.URGING, flash="Đã ghi đôn đốc, nhưng cơ quan chưa có tài khoản lãnh đạo để nhận. Hãy gọi."
        )
    return visit.go(Page.URGING, flash="Đã đôn đốc lãnh đạo cơ quan.")


shows(router, Page.URGING, show, officer)
sends(router, Page.URGE, FormFlow(show, urge, told_at("")), officer)
