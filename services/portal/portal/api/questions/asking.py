"""Ask a question: who asks, what about, whom; what is wrong is told with everything kept as typed."""

from dataclasses import replace
from typing import Any

from answers.qa import TermsOut
from eforms import read_form, read_page
from fastapi import APIRouter, Response

from portal.adapters.http import ServiceAnswerError
from portal.api.dossier_view import form_reader
from portal.api.form_page import Filled, FormFlow, WrongInputError, form_page
from portal.api.forms import Posted
from portal.api.visit import FormError, Visit, visit
from portal.domain.addresses import Page
from portal.domain.fields import Field, as_typed, offered
from portal.domain.question_forms import KINDS, asked_about, opening

router = APIRouter()
REFUSED = frozenset((401, 403, 404, 429))
"""Refusals that the page explains beside the usual ones."""
DOUBTFUL = "question-text-doubtful"
NEEDED = {
    "topic": "Chọn chủ đề",
    "title": "Ghi tóm tắt câu hỏi trong một dòng",
    "text": "Ghi nội dung câu hỏi",
}


async def show(visit: Visit, filled: Filled) -> Response:
    """Ask who asks, what about, and whom."""
    terms = await visit.questions.terms()
    agencies = offered(await visit.spare(visit.catalog.agencies(), ()), visit.lang)
    procedure = visit.request.query_params.get("procedure", "")[:40]
    typed = filled.typed or {"procedure": procedure}
    kind = typed.get("asker_kind", KINDS[0])
    about = as_typed(asked_about(visit.say, terms, agencies), typed, filled.wrong)
    kind = kind if kind in KINDS else KINDS[0]
    filled = _at(kind, terms, filled)
    groups = {one: _who(visit, terms, one, filled) for one in KINDS}
    doubtful = filled.code == DOUBTFUL or typed.get("warnings_seen") == "true"
    return filled.page(
        visit,
        "questions/ask.html",
        fields=[*about, *groups[kind]],
        about=about,
        groups=groups,
        kind=as_typed([opening(visit.say)], typed, filled.wrong)[0],
        terms=terms,
        procedure=typed.get("procedure", ""),
        doubtful=doubtful,
        consent=typed.get("consent_name") == "true",
    )


def _at(kind: str, terms: TermsOut, filled: Filled) -> Filled:
    """Bring complaints about who asks to the boxes of the kind that was chosen."""
    names = read_form(terms.forms[kind]).questions
    errors = [
        FormError(f"{kind}-{error.field}" if error.field in names else error.field, error.message)
        for error in filled.errors
    ]
    return replace(filled, errors=errors)


def _who(visit: Visit, terms: TermsOut, kind: str, filled: Filled) -> list[Field]:
    """Lay out the questions about who asks."""
    reader = form_reader(visit, read_form(terms.forms[kind]))
    prefix = f"{kind}-"
    values = _values(terms, kind, filled.typed)
    return [
        replace(
            reader.field(question, values.get(name), prefix, required=name in reader.form.required),
            error=filled.wrong.get(prefix + name, ""),
        )
        for name, question in reader.form.questions.items()
    ]


def _values(terms: TermsOut, kind: str, typed: Any) -> dict[str, Any]:
    """Read the answers about who asks that were given."""
    form, prefix = read_form(terms.forms[kind]), f"{kind}-"
    boxes = {name.removeprefix(prefix): box for name, box in typed.items() if name.startswith(prefix)}
    read = {name: value for page in form.pages for name, value in read_page(form, page.id, boxes).items()}
    return {name: value for name, value in read.items() if value is not None}


def told(visit: Visit, refusal: ServiceAnswerError) -> list[FormError]:
    """Tell a refusal at what it is about; a doubt at the box that sends all the same."""
    errors = visit.problems(refusal)
    place = "warnings_seen" if refusal.code == DOUBTFUL else ""
    return [FormError(place or error.field, error.message) for error in errors]


async def ask(visit: Visit, form: Posted) -> Response:
    """Send the question, then its files, and show the receipt."""
    terms = await visit.questions.terms()
    kind = form.text("asker_kind") or KINDS[0]
    if kind not in KINDS:
        raise WrongInputError(FormError("asker_kind", visit.say("Chọn bạn hỏi cho ai")))
    body = {
        "asker_kind": kind,
        "values": _values(terms, kind, form.boxes()),
        **{name: form.text(name) for name in NEEDED},
        "agency": form.text("agency") or None,
        "procedure": form.text("procedure") or None,
        "consent_name": form.text("consent_name") == "true",
        "warnings_seen": form.text("warnings_seen") == "true",
    }
    missing = [FormError(name, visit.say(words)) for name, words in NEEDED.items() if not body[name]]
    if missing:
        raise WrongInputError(*missing)
    asked = await visit.questions.ask(body, form.key)
    if visit.session.signed_in:
        return visit.go(Page.MY_QUESTION_SENT, number=asked.number)
    return visit.go(Page.FOLLOWED_SENT, key=asked.key)


form_page(router, Page.ASK, FormFlow(show, ask, told, also=REFUSED), visit)
