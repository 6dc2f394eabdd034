"""One dossier at the desk: look at it, judge every component."""

from answers.intake import DossierOut, Verdict
from fastapi import APIRouter, Response

from portal.adapters.http import Json
from portal.adapters.notify import Reached
from portal.api.desk.queue import further
from portal.api.dossier_view import forewarned, left_at, next_to, sections, shown_file
from portal.api.form_page import Filled, FormFlow, sends, shows, told_at
from portal.api.forms import Posted
from portal.api.news import follow
from portal.api.visit import Visit, officer
from portal.domain.addresses import Page
from portal.domain.deadlines import Deadline, deadline
from portal.domain.journey import form_of

router = APIRouter()
VERDICTS = {Verdict.OK: "Đạt", Verdict.MISSING: "Thiếu", Verdict.WRONG: "Chưa đúng"}
NEXT = {"accept": Page.ACCEPT, "supplement": Page.REQUEST_SUPPLEMENT}


async def show_dossier(visit: Visit, filled: Filled) -> Response:
    """Show a dossier with its answers, files and checklist."""
    dossier = await visit.dossiers.one(visit.part("code"))
    before, after = await next_to(visit, "desk", dossier.code, further)
    return filled.page(
        visit,
        "desk/dossier.html",
        dossier=dossier,
        clock=clock(visit, dossier),
        sections=sections(visit, form_of(dossier.procedure.eform), dossier.answers),
        verdicts=VERDICTS,
        shown=shown_file(visit, dossier),
        forewarned=forewarned(visit, dossier.code),
        before=before,
        back_to=left_at(visit, "desk", Page.QUEUE, dossier.code),
        reached=await visit.spare(Reached(visit.link("notify")).of(dossier.code), None),
        after=after,
        follows=follow(visit, [dossier.code]),
    )


def clock(visit: Visit, dossier: DossierOut) -> Deadline:
    """Say how much of the check is left, or that nothing runs."""
    left, paused = dossier.check_remaining_minutes, dossier.flags.paused
    return deadline(left, dossier.check_urgency, visit.say, paused=paused)


async def judge(visit: Visit, form: Posted) -> Response:
    """Keep what was found for each component, then go where the pressed button leads."""
    code, items = visit.part("code"), verdicts_of(form)
    if items:
        body = {"version": form.version, "items": items}
        await visit.dossiers.act(code, "checklist", body, form.key, method="PUT")
    if form.text("next") in NEXT:
        return visit.go(NEXT[form.text("next")], code=code)
    return visit.go(Page.DESK_DOSSIER, code=code, flash="Đã lưu kết quả kiểm tra.")


def verdicts_of(form: Posted) -> list[Json]:
    """Read the verdicts chosen for the components."""
    names = [name.removeprefix("verdict-") for name in form.typed() if name.startswith("verdict-")]
    return [
        {"component": name, "verdict": form.text(f"verdict-{name}"), "note": form.text(f"note-{name}")}
        for name in names
    ]


shows(router, Page.DESK_DOSSIER, show_dossier, officer)
sends(router, Page.CHECK, FormFlow(show_dossier, judge, told_at("")), officer)
