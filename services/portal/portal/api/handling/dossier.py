"""One dossier in the specialist unit and before the leader: take it, give it, end a step."""

from answers import intake
from answers.processing import ChosenOut, DossierOut, DossierRowOut
from fastapi import APIRouter, Response
from regulation.clock import Urgency

from portal.adapters.http import Json
from portal.adapters.notify import Reached
from portal.api.dossier_view import forewarned, left_at, next_to, sections, shown_file
from portal.api.form_page import Filled, FormFlow, Save, sends, shows, told_at
from portal.api.forms import Posted
from portal.api.handling.further import further
from portal.api.news import follow
from portal.api.relayed import relay_file
from portal.api.visit import OfficerDep, Visit, officer
from portal.domain.addresses import Address, Page
from portal.domain.deadlines import Deadline, deadline
from portal.domain.journey import form_of

router = APIRouter()
WAYS = {
    "claimed": "tự nhận",
    "named": "lãnh đạo giao",
    "least_loaded": "giao cho người ít việc nhất",
    "transferred": "nhận bàn giao",
    "stood_in": "nhận thay người vắng",
}
"""How a dossier comes into somebody's hands, in words."""
FORBIDDEN = frozenset((403,))
"""A refusal that the page of the dossier can explain: the officer may see it and not do this."""


async def show_dossier(visit: Visit, filled: Filled) -> Response:
    """Show the dossier with its answers, papers, process and what may be done."""
    code = visit.part("code")
    handled, dossier = await visit.processing.one(code), await submitted(visit)
    before, after = await next_to(visit, "work", code, further)
    return filled.page(
        visit,
        "handling/dossier.html",
        handled=handled,
        dossier=dossier,
        clock=clock(visit, handled),
        sections=sections(visit, form_of(dossier.procedure.eform), dossier.answers) if dossier else [],
        before=before,
        back_to=left_at(visit, "work", Page.WORK, code),
        reached=await visit.spare(Reached(visit.link("notify")).of(code), None),
        after=after,
        shown=shown_file(visit, dossier) if dossier else None,
        forewarned=forewarned(visit, code),
        follows=follow(visit, [code]),
        unit_names=await unit_names(visit) if handled.consultations else {},
        ways=WAYS,
        officers=await visit.processing.officers() if "assignment" in handled.actions else (),
    )


async def unit_names(visit: Visit) -> dict[str, str]:
    """Name the units of the officer's agency; none where the catalogue is away."""
    found = await visit.spare(visit.catalog.agency(str(visit.session.account.get("agency") or "")), None)
    return {unit.id: unit.name for unit in found.units} if found else {}


def clock(visit: Visit, handled: DossierOut | DossierRowOut | ChosenOut) -> Deadline:
    """Say how much working time is left, or that the clock has stopped; what was late before it stopped stays late."""
    left = None if handled.closed_at else handled.remaining_minutes
    paused = handled.paused_at is not None and handled.urgency != Urgency.OVERDUE
    return deadline(left, handled.urgency, visit.say, paused=paused)


async def submitted(visit: Visit) -> intake.DossierOut | None:
    """Give the dossier as intake keeps it; the work goes on where intake is away."""
    return await visit.spare(visit.dossiers.one(visit.part("code")), None)


async def act(visit: Visit, action: str, body: Json, form: Posted) -> None:
    """Carry an action out."""
    await visit.processing.act(visit.part("code"), action, body, form.key)


def back(visit: Visit, done: str) -> Response:
    """Lead back to the dossier and say what was done."""
    return visit.go(Page.WORK_DOSSIER, code=visit.part("code"), flash=done)


async def claim(visit: Visit, form: Posted) -> Response:
    """Take a dossier nobody handles."""
    await act(visit, "claim", {}, form)
    return back(visit, "Bạn đã nhận giải quyết hồ sơ này.")


async def assign(visit: Visit, form: Posted) -> Response:
    """Give the dossier to an officer."""
    await act(visit, "assignment", {"officer_id": form.text("officer_id") or None}, form)
    return back(visit, "Đã giao hồ sơ.")


async def complete(visit: Visit, form: Posted) -> Response:
    """End the step at hand."""
    await act(visit, "step-completion", {"version": form.version, "remarks": form.text("remarks")}, form)
    return back(visit, "Đã chuyển sang bước tiếp theo.")


ACTIONS: dict[Address, Save] = {Page.CLAIM: claim, Page.ASSIGN: assign, Page.COMPLETE_STEP: complete}
shows(router, Page.WORK_DOSSIER, show_dossier, officer)
for page, save in ACTIONS.items():
    sends(router, page, FormFlow(show_dossier, save, told_at(""), FORBIDDEN), officer)


@router.get(Page.DRAFT_DOCUMENT)
async def draft_document(visit: OfficerDep, code: str) -> Response:
    """Show exactly what would be signed."""
    apology = visit.request.query_params.get("phieu") == "hen-lai"
    return relay_file(visit, await visit.processing.draft_document(code, apology=apology), framed=True)


@router.get(Page.CONTROL_SLIP)
async def control_slip(visit: OfficerDep, code: str) -> Response:
    """Print every hand-over of the dossier."""
    return relay_file(visit, await visit.processing.control_slip(code), framed=True)
