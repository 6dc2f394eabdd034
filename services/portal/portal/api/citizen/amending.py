"""Correct a submitted dossier before it is accepted, where the province lets applicants: answers and papers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from answers.intake import DossierOut
from eforms import read_page
from fastapi import APIRouter, Response

from portal.adapters.http import Json
from portal.api.citizen.dossiers import take_chosen
from portal.api.dossier_view import form_reader
from portal.api.form_page import Filled, FormFlow, form_page, told_in_full
from portal.api.forms import RELOAD, Posted
from portal.api.place_lists import with_places
from portal.api.visit import Visit
from portal.domain.addresses import Page
from portal.domain.eforms import FormPage
from portal.domain.journey import form_of

router = APIRouter()
MESSAGE = "to-desk"
"""The words to the desk. No question of a form has a hyphen in its name, so none is mistaken for them."""


async def show(visit: Visit, filled: Filled) -> Response:
    """Show what was handed in, to be corrected; after a complaint, as it was typed."""
    dossier = await visit.dossiers.one(visit.part("code"))
    if "amendment" not in dossier.actions:
        return visit.go(Page.MY_DOSSIER, code=dossier.code)
    typed = _answers(dossier, filled.boxes) if filled.boxes else {}
    wrong = {error.field.split(".")[0]: error.message for error in reversed(filled.errors)}
    answers, form = {**dossier.answers, **typed}, form_of(dossier.procedure.eform)
    pages = [await _laid_out(visit, dossier, answers, wrong, page.id) for page in form.pages]
    papers = [one for one in dossier.components if not one.filled_by_form]
    fields = [field for page in pages for field in page.fields]
    return filled.page(
        visit,
        "citizen/amend.html",
        fields=fields,
        dossier=dossier,
        pages=pages,
        papers=papers,
        complaints=wrong,
        message=MESSAGE,
    )


async def _laid_out(
    visit: Visit, dossier: DossierOut, answers: Json, wrong: Mapping[str, str], page_id: str
) -> FormPage:
    shown = form_reader(visit, form_of(dossier.procedure.eform)).page(page_id, answers, wrong)
    asked = [field for field in shown.fields if field.kind != "files"]
    return replace(shown, fields=tuple(await with_places(visit, asked)))


def _answers(dossier: DossierOut, typed: Mapping[str, str | Sequence[str]]) -> Json:
    form = form_of(dossier.procedure.eform)
    found: Json = {}
    for page in form.pages:
        found |= read_page(form, page.id, typed, {**dossier.answers, **found})
    return found


async def save(visit: Visit, form: Posted) -> Response:
    """Hand the corrected dossier in; while a file is refused, nothing is. A province alone loads its communes."""
    if form.text(RELOAD):
        return await show(visit, Filled.of(form))
    code = visit.part("code")
    dossier = await visit.dossiers.one(code)
    await take_chosen(visit, form)
    answers = {**dossier.answers, **_answers(dossier, form.boxes())}
    body = {"version": form.version, "note": form.text(MESSAGE), "answers": answers}
    await visit.dossiers.act(code, "amendment", body, form.key)
    return visit.go(
        Page.MY_DOSSIER, code=code, flash="Đã gửi phần sửa. Bộ phận một cửa kiểm tra lại từ bây giờ."
    )


form_page(router, Page.AMEND_DOSSIER, FormFlow(show, save, told_in_full))
