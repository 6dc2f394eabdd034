"""The decision a specialist proposes: its lines are filled from the application, the leader gets what is sent."""

from collections.abc import Mapping

from fastapi import APIRouter, Response
from regulation.text import nfc

from portal.adapters.http import Json, ServiceAnswerError
from portal.api.dossier_view import place_names
from portal.api.form_page import Filled, Form, WrongInputError, form_page
from portal.api.forms import Posted
from portal.api.handling.dossier import FORBIDDEN, act, back, submitted
from portal.api.visit import FormError, Visit, officer
from portal.domain.addresses import Page
from portal.domain.deadlines import deadline
from portal.domain.eforms import FormReader
from portal.domain.fields import DATE_PARTS, Choice, Field, date_parts, typed_date
from portal.domain.journey import form_of
from portal.domain.texts import named

router = APIRouter()
KINDS = {"long_text": "long_text", "choice": "select", "date": "date"}
OWN = ("version", "outcome", "content", "reasons", "legal_basis")


async def show(visit: Visit, filled: Filled) -> Response:
    """Ask for the decision to propose."""
    handled, dossier = await visit.processing.one(visit.part("code")), await submitted(visit)
    lines = lines_of(filled.typed) or (handled.get("proposal") or {}).get("content")
    lines = lines or await _known(visit, handled, dossier)
    return filled.page(
        visit,
        "handling/propose.html",
        handled=handled,
        clock=deadline(handled["remaining_minutes"], visit.say),
        lines=[_line(visit, line, lines, filled.wrong) for line in handled["draft_fields"]],
    )


async def propose(visit: Visit, form: Posted) -> Response:
    """Put the decision before the leader."""
    outcome = form.text("outcome")
    if outcome not in ("grant", "reject"):
        raise WrongInputError(FormError("outcome", visit.say("Chọn đề xuất")))
    body: Json = {
        "version": form.version,
        "outcome": outcome,
        "content": {name: text for name, text in lines_of(form.typed()).items() if text},
        "reasons": form.text("reasons") or None,
        "legal_basis": form.text("legal_basis") or None,
    }
    await act(visit, "proposal", body, form)
    return back(visit, "Đã trình lãnh đạo.")


def lines_of(typed: Mapping[str, str]) -> dict[str, str]:
    """Read the lines of the drafted decision; a date is three boxes."""
    lines: dict[str, str] = {}
    for name in (name.removeprefix("c-") for name in typed if name.startswith("c-")):
        base, _, part = name.rpartition("-")
        if part in DATE_PARTS and base:
            lines[base] = typed_date({part: typed.get(f"c-{base}-{part}", "") for part in DATE_PARTS})
        else:
            lines[name] = nfc(typed[f"c-{name}"].strip())
    return lines


def told(visit: Visit, refusal: ServiceAnswerError) -> list[FormError]:
    """Tell a refusal at the line of the decision that it is about."""
    return [
        FormError(e.field if e.field in OWN or not e.field else f"c-{e.field}", e.message)
        for e in visit.problems(refusal)
    ]


def _line(visit: Visit, line: Json, values: Mapping[str, str], wrong: Mapping[str, str]) -> Field:
    value = str(values.get(line["id"], ""))
    choices = tuple(Choice(str(code), str(words)) for code, words in line["options"].items())
    return Field(
        name=f"c-{line['id']}",
        label=named(line, "label", visit.lang)[0],
        kind=KINDS.get(line["kind"], "text"),
        value=value,
        choices=choices,
        required=line["required"],
        error=wrong.get(f"c-{line['id']}", ""),
        parts=date_parts(value) if line["kind"] == "date" else {},
    )


async def _known(visit: Visit, handled: Json, dossier: Json | None) -> dict[str, str]:
    """Fill the lines of the decision from the answers that bear the same names."""
    if dossier is None:
        return {}
    form, answers = form_of(dossier["procedure"]), dossier["answers"]
    reader, places = FormReader(form, "vi", visit.say), await place_names(visit, answers)
    items = {i["name"]: i for page in form.get("pages", ()) for i in page["fields"]}
    found = {"applicant": str(dossier["applicant_name"])}
    for line in handled["draft_fields"]:
        if line["id"] in items and answers.get(line["id"]) is not None:
            plain = line["kind"] in ("choice", "date")
            found[line["id"]] = (
                str(answers[line["id"]]) if plain else reader.told(items[line["id"]], answers, places)
            )
    return found


form_page(router, Page.PROPOSE, Form(show, propose, told, FORBIDDEN), officer)
