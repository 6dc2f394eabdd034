"""The decision a specialist proposes: its lines are filled from the application, the leader gets what is sent."""

from typing import Any

from answers.intake import DossierOut
from answers.processing import Outcome
from eforms import read_form
from fastapi import APIRouter, Response

from portal.adapters.http import Json
from portal.api.dossier_view import form_reader
from portal.api.form_page import Filled, FormFlow, WrongInputError, form_page
from portal.api.forms import Posted
from portal.api.handling.dossier import FORBIDDEN, act, back, clock, submitted
from portal.api.handling.lines import line_fields, told, typed_lines
from portal.api.visit import FormError, Visit, officer
from portal.domain.addresses import Page
from portal.domain.eforms import Answers
from portal.domain.journey import form_of

router = APIRouter()


async def show(visit: Visit, filled: Filled) -> Response:
    """Ask for the decision to propose."""
    handled, dossier = await visit.processing.one(visit.part("code")), await submitted(visit)
    kept: Answers = handled.proposal.content if handled.proposal else {}
    lines = typed_lines(handled, filled.typed) or kept or known(visit, handled.result_form, dossier)
    return filled.page(
        visit,
        "handling/propose.html",
        handled=handled,
        clock=clock(visit, handled),
        fields=line_fields(visit, handled, lines, filled),
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
        "content": typed_lines(handled, form.boxes()),
        "reasons": form.text("reasons") or None,
        "legal_basis": form.text("legal_basis") or None,
    }
    await act(visit, "proposal", body, form)
    return back(visit, "Đã trình lãnh đạo.")


def known(visit: Visit, result_form: Answers, dossier: DossierOut | None) -> dict[str, Any]:
    """Fill the lines of the decision from the answers that bear the same names, in words where the kinds differ.

    A line that names its sources is filled from all of them, one after another.
    """
    if dossier is None:
        return {}
    form = read_form(result_form)
    reader, answers = form_reader(visit, form_of(dossier.procedure.eform), "vi"), dossier.answers
    asked = reader.form.questions
    found: dict[str, Any] = {"applicant": dossier.applicant_name}
    for name, line in form.questions.items():
        given = [one for one in line.sources or (name,) if one in asked and answers.get(one) is not None]
        if given == [name] and (line.widget == asked[name].widget or line.values):
            found[name] = answers[name]
        elif given:
            found[name] = ", ".join(reader.told(asked[one], answers[one]) for one in given)
    return found


form_page(router, Page.PROPOSE, FormFlow(show, propose, told, FORBIDDEN), officer)
