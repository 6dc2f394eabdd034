"""The lines of a drafted result: laid out to fill in, read as typed, named where one is refused."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from answers.processing import DossierOut
from eforms import read_form, read_page

from portal.adapters.http import ServiceAnswerError
from portal.api.dossier_view import form_reader
from portal.api.form_page import Filled
from portal.api.visit import FormError, Visit
from portal.domain.eforms import Answers
from portal.domain.fields import Field

PREFIX = "c-"
"""Stands before the names of the lines, which are the procedure's own, to keep them apart from the page's."""


def line_fields(visit: Visit, handled: DossierOut, lines: Answers, filled: Filled) -> list[Field]:
    """Lay the lines out with what stands in them and what is wrong with them."""
    reader = form_reader(visit, read_form(handled.result_form))
    return [
        replace(
            reader.asked(question, lines.get(name), PREFIX),
            error=filled.wrong.get(PREFIX + name, ""),
        )
        for name, question in reader.form.questions.items()
    ]


def typed_lines(handled: DossierOut, typed: Mapping[str, str | list[str]]) -> dict[str, Any]:
    """Read the lines that were filled in."""
    form = read_form(handled.result_form)
    lines = {name.removeprefix(PREFIX): box for name, box in typed.items() if name.startswith(PREFIX)}
    answers = {name: value for page in form.pages for name, value in read_page(form, page.id, lines).items()}
    return {name: value for name, value in answers.items() if value is not None}


def told(visit: Visit, refusal: ServiceAnswerError) -> list[FormError]:
    """Tell a refusal at the line that it is about."""
    lines = [problem.field for problem in refusal.problems if problem.field.startswith("content.")]
    return visit.problems(refusal, {line: PREFIX + line.split(".")[1] for line in lines})
