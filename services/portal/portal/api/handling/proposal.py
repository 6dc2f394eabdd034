"""The decision a specialist proposes: its lines are filled from the application, the leader gets what is sent."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from answers.intake import DossierOut
from answers.processing import Outcome
from eforms import Form as LineForm
from eforms import read_form, read_page
from fastapi import APIRouter, Response

from portal.adapters.http import Json, ServiceAnswerError
from portal.api.dossier_view import form_reader, place_names
from portal.api.form_page import Filled, Form, WrongInputError, form_page
from portal.api.forms import Posted
from portal.api.handling.dossier import FORBIDDEN, act, back, clock, submitted
from portal.api.visit import FormError, Visit, officer
from portal.domain.addresses import Page
from portal.domain.eforms import Answers
from portal.domain.journey import form_of

router = APIRouter()
PREFIX = "c-"
OWN = ("version", "outcome", "content", "reasons", "legal_basis")


async def show(visit: Visit, filled: Filled) -> Response:
    """Ask for the decision to propose."""
    handled, dossier = await visit.processing.one(visit.part("code")), await submitted(visit)
    reader = form_reader(visit, read_form(handled.result_form))
    kept: Answers = handled.proposal.content if handled.proposal else {}
    lines = _typed(reader.form, filled.typed) or kept or await _known(visit, reader.form, dossier)
    return filled.page(
        visit,
        "handling/propose.html",
        handled=handled,
        clock=clock(visit, handled),
        lines=[
            replace(
                reader.field(question, lines.get(name), PREFIX, required=name in reader.form.required),
                error=filled.wrong.get(PREFIX + name, ""),
            )
            for name, question in reader.form.questions.items()
        ],
    )


async def propose(visit: Visit, form: Posted) -> Response:
    """Put the decision before the leader."""
    outcome = form.text("outcome")
    if outcome not in {*Outcome}:
        raise WrongInputError(FormError("outcome", visit.say("Chọn đề xuất")))
    handled = await visit.processing.one(visit.part("code"))
    body: Json = {
        "version": form.version,
        "outcome": outcome,
        "content": _typed(read_form(handled.result_form), form.boxes()),
        "reasons": form.text("reasons") or None,
        "legal_basis": form.text("legal_basis") or None,
    }
    await act(visit, "proposal", body, form)
    return back(visit, "Đã trình lãnh đạo.")


def _typed(form: LineForm, typed: Mapping[str, str | list[str]]) -> dict[str, Any]:
    """Read the lines of the drafted decision; their boxes are named apart from the rest of the page."""
    lines = {name.removeprefix(PREFIX): box for name, box in typed.items() if name.startswith(PREFIX)}
    answers = {name: value for page in form.pages for name, value in read_page(form, page.id, lines).items()}
    return {name: value for name, value in answers.items() if value is not None}


def told(visit: Visit, refusal: ServiceAnswerError) -> list[FormError]:
    """Tell a refusal at the line of the decision that it is about."""
    lines = [p.field.removeprefix("content.").split(".")[0] for p in refusal.problems]
    return (
        [
            FormError(PREFIX + line if line not in OWN and error.field else error.field, error.message)
            for line, error in zip(lines, visit.problems(refusal), strict=True)
        ]
        if lines
        else visit.problems(refusal)
    )


async def _known(visit: Visit, form: LineForm, dossier: DossierOut | None) -> dict[str, Any]:
    """Fill the lines of the decision from the answers that bear the same names, in words where the kinds differ."""
    if dossier is None:
        return {}
    reader, answers = form_reader(visit, form_of(dossier.procedure.eform), "vi"), dossier.answers
    places, asked = await place_names(visit, answers), reader.form.questions
    found: dict[str, Any] = {"applicant": dossier.applicant_name}
    for name, line in form.questions.items():
        if name in asked and answers.get(name) is not None:
            alike = line.widget == asked[name].widget or line.values
            found[name] = answers[name] if alike else reader.told(asked[name], answers[name], places)
    return found


form_page(router, Page.PROPOSE, Form(show, propose, told, FORBIDDEN), officer)
