"""What is missing in a dossier that is handled: its officer drafts the request, the desk sends it."""

from fastapi import APIRouter, Response

from portal.api.asking import FREE_ROWS, NEEDED, asked_of
from portal.api.form_page import Filled, FormFlow, form_page, needed
from portal.api.forms import Posted
from portal.api.handling.dossier import FORBIDDEN, act, back, clock, submitted
from portal.api.visit import Visit, officer
from portal.domain.addresses import Page

router = APIRouter()


async def show(visit: Visit, filled: Filled) -> Response:
    """Show the components of the dossier, and what is asked."""
    handled, dossier = await visit.processing.one(visit.part("code")), await submitted(visit)
    return filled.page(
        visit,
        "handling/draft_supplement.html",
        handled=handled,
        clock=clock(visit, handled),
        components=dossier.components if dossier else (),
        free_rows=FREE_ROWS,
    )


async def draft(visit: Visit, form: Posted) -> Response:
    """Put what is missing before the desk."""
    said = asked_of(form)
    needed(visit, said, NEEDED)
    await act(visit, "supplement-draft", {"version": form.version, **said}, form)
    return back(visit, "Đã chuyển bộ phận một cửa gửi cho người nộp. Đồng hồ dừng khi yêu cầu được gửi.")


form_page(router, Page.DRAFT_SUPPLEMENT, FormFlow(show, draft, also=FORBIDDEN), officer)
