"""The questions of an e-form as boxes of a page of our own, and what was typed in them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from eforms import Form, read_page
from regulation.zone import local_day

from portal.api.form_page import Filled
from portal.api.forms import Posted
from portal.api.visit import Visit
from portal.domain.eforms import FormReader
from portal.domain.fields import Field


def fields_of(visit: Visit, form: Form, values: Mapping[str, Any], filled: Filled) -> list[Field]:
    """Lay out the questions of a form with what stands in them, or was typed, and what is wrong."""
    reader = FormReader(form, visit.lang, visit.say, local_day(visit.now))
    typed = answers_of(form, filled.typed) if filled.typed else {}
    answers = {**values, **typed}
    return [
        replace(
            reader.asked(question, answers.get(name)),
            error=filled.wrong.get(name, ""),
        )
        for name, question in form.questions.items()
    ]


def answers_of(form: Form, boxes: Mapping[str, Any]) -> dict[str, Any]:
    """Read the answers from the boxes; None where nothing was typed."""
    return {name: value for page in form.pages for name, value in read_page(form, page.id, boxes).items()}


def given(form: Form, posted: Posted) -> dict[str, Any]:
    """Read the answers that somebody gave."""
    return {name: value for name, value in answers_of(form, posted.boxes()).items() if value is not None}
