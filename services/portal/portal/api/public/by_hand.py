"""Fill a form in on the screen, print it, and hand it in at the desk or by post; nothing of it is kept here."""

from dataclasses import replace
from typing import Any

from answers.catalog import ProcedureOut
from eforms import Form, read_page
from fastapi import APIRouter, Response
from starlette.exceptions import HTTPException

from portal.api.dossier_view import form_reader, sections
from portal.api.form_page import Filled, FormFlow, form_page
from portal.api.forms import Posted
from portal.api.place_lists import with_places
from portal.api.visit import Visit, visit
from portal.domain.addresses import Page
from portal.domain.eforms import FormPage
from portal.domain.journey import form_of

router = APIRouter()


async def show(visit: Visit, filled: Filled) -> Response:
    """Show every question of the form at once. Raises: HTTPException where the procedure has no form to fill in."""
    procedure, form = await _asked(visit)
    return await _to_fill(visit, procedure, form, _answers(form, filled.typed))


async def lay_out(visit: Visit, form: Posted) -> Response:
    """Show the filled form as it is printed, with where it goes; or the questions once more.

    Source: BD Đ.2.4.b; HN Đ.3.2.b; NB Đ.2.5.b; R-SUB-19
    """
    procedure, eform = await _asked(visit)
    answers = _answers(eform, form.boxes())
    if form.text("next") == "edit":
        return await _to_fill(visit, procedure, eform, answers)
    typed = [(name, text) for name, text in form.typed().items() if name != "next"]
    laid = sections(visit, eform, answers)
    return visit.page("public/filled.html", procedure=procedure, sections=laid, typed=typed)


async def _asked(visit: Visit) -> tuple[ProcedureOut, Form]:
    procedure = await visit.catalog.procedure(visit.part("code"))
    form = form_of(procedure.content.eform)
    if not form.pages:
        raise HTTPException(404)
    return procedure, form


def _answers(form: Form, typed: Any) -> dict[str, Any]:
    return {name: value for page in form.pages for name, value in read_page(form, page.id, typed).items()}


async def _to_fill(visit: Visit, procedure: ProcedureOut, form: Form, answers: dict[str, Any]) -> Response:
    reader, pages = form_reader(visit, form), list[FormPage]()
    for one in form.pages:
        shown = reader.page(one.id, answers, {})
        fields = [field for field in shown.fields if field.kind != "files"]
        pages.append(replace(shown, fields=tuple(await with_places(visit, fields))))
    return visit.page("public/fill.html", procedure=procedure, pages=pages)


form_page(router, Page.FILL_AND_PRINT, FormFlow(show, lay_out), visit)
