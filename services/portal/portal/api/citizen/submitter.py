"""For whom the dossier is handed in: oneself, or somebody whom one may act for."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from answers.intake import DraftOut
from eforms import prefilled, read_page
from fastapi import APIRouter, Response

from portal.api.dossier_view import form_reader
from portal.api.form_page import Filled, FormFlow, WrongInputError, form_page
from portal.api.forms import Posted
from portal.api.visit import FormError, Visit
from portal.domain.addresses import Page
from portal.domain.journey import first_open, form_of

router = APIRouter()
ASKED, STANDING, MYSELF = "submitter", "submitter_standing", "self"


async def show(visit: Visit, filled: Filled) -> Response:
    """Ask for whom it is; who acts for somebody finds the own data filled in."""
    draft = await visit.drafts.one(visit.part("draft_id"))
    form, wrong = form_of(draft.submitter.eform), filled.wrong
    kept = draft.submitter.answers or {STANDING: MYSELF, **await _account(visit, draft)}
    typed = read_page(form, ASKED, dict(filled.typed)) if filled.typed else kept
    fields = form_reader(visit, form).page(ASKED, typed, wrong).fields
    shown = [replace(one, error=wrong.get(one.name, "")) for one in fields]
    return filled.page(visit, "citizen/submitter.html", fields=shown, draft=draft)


async def _account(visit: Visit, draft: DraftOut) -> Mapping[str, Any]:
    account = (await visit.identity.me()).model_dump()
    asked = form_of(draft.submitter.eform).questions.values()
    known = {one.name: prefilled(one, account) for one in asked if one.prefill}
    return {name: value for name, value in known.items() if value is not None}


async def save(visit: Visit, form: Posted) -> Response:
    """Keep who hands in and go on where something is left to do. Raises: WrongInputError."""
    before = await visit.drafts.one(visit.part("draft_id"))
    asked = form_of(before.submitter.eform)
    draft = await visit.drafts.name_submitter(before.id, read_page(asked, ASKED, form.boxes()))
    wrong = [FormError(one.field, one.message) for one in draft.problems if one.field in asked.questions]
    if wrong:
        raise WrongInputError(*wrong)
    return visit.go(first_open(draft, visit.lang, visit.say))


form_page(router, Page.SUBMITTER, FormFlow(show, save))
