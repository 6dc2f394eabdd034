"""Sign and compare at pick-up: each form and each sent paper with what was found beside its original."""

from fastapi import APIRouter, Response

from portal.adapters.http import Json
from portal.api.desk.dossier import clock
from portal.api.form_page import Filled, FormFlow, WrongInputError, form_page
from portal.api.forms import Posted
from portal.api.visit import FormError, Visit, officer
from portal.domain.addresses import Page

router = APIRouter()
FOUND = "finding-"


async def show(visit: Visit, filled: Filled) -> Response:
    """Show everything to sign or compare, with what was found, by whom and when."""
    dossier = await visit.dossiers.one(visit.part("code"))
    return filled.page(visit, "desk/comparison.html", dossier=dossier, clock=clock(visit, dossier))


async def save(visit: Visit, form: Posted) -> Response:
    """Keep what was found; what was not chosen stays as it was."""
    code, items = visit.part("code"), findings_of(form)
    if not items:
        raise WrongInputError(FormError("items", visit.say("Chọn kết quả cho ít nhất một mục")))
    body = {"items": items, "version": form.version}
    await visit.dossiers.act(code, "comparison", body, form.key, method="PUT")
    dossier = await visit.dossiers.one(code)
    if any(item.is_open for item in dossier.pickup):
        return visit.go(Page.COMPARE_PAPERS, code=code, flash="Đã lưu. Còn mục chưa xong.")
    done = Page.HAND_OVER if "handover" in dossier.actions else Page.DESK_DOSSIER
    return visit.go(done, code=code, flash="Đã ký, đối chiếu xong.")


def findings_of(form: Posted) -> list[Json]:
    """Read what was found of each item."""
    names = [name.removeprefix(FOUND) for name in form.typed() if name.startswith(FOUND)]
    return [
        {"component": name, "finding": form.text(f"{FOUND}{name}"), "note": form.text(f"note-{name}")}
        for name in names
    ]


form_page(router, Page.COMPARE_PAPERS, FormFlow(show, save), officer)
