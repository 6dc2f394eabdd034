"""What an earlier dossier of the same person knows about the people a page asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from common.errors import NotFoundError
from eforms import Form, Page, read_answer
from eforms.kinds import is_empty

_PERSON: Final = "person_name"
_NUMBER: Final = "identity_number"


class NothingToCarryError(NotFoundError):
    """No dossier of the caller knows anything for the page, or nothing is left to fill."""

    code = "nothing-to-carry"
    vi = "Không còn gì để điền từ hồ sơ này."
    en = "There is nothing left to fill in from this dossier."


@dataclass(frozen=True)
class Earlier:
    """Answers of an earlier dossier that a page could take over, and whom they name."""

    page: str
    code: str
    procedure_name: str
    submitted_at: datetime
    name: str
    answers: Mapping[str, Any]


def about_a_person(page: Page) -> bool:
    """Tell whether a page asks for a person who has an identity number: one that later forms ask for again."""
    return {_PERSON, _NUMBER} <= {question.widget for question in page.questions}


def carried(
    form: Form, page: Page, answers: Mapping[str, Any], then: Form, told: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the answers of an earlier dossier for the questions of a page that nobody answered yet.

    A question is the same where its name and kind are; what this form refuses is left out.

    Source: TN PL.B1; TN Đ.21.7; R-VLT-06
    """
    found = {}
    for question in page.questions:
        same = then.questions.get(question.name)
        if same is None or same.widget != question.widget or not is_empty(answers.get(question.name)):
            continue
        value = told.get(question.name)
        if is_empty(value):
            continue
        kept, refused = read_answer(question, value)
        if refused is None:
            found[question.name] = kept
    return found


def person_on(page: Page, answers: Mapping[str, Any]) -> str:
    """Return the name of the person a page tells of, "" where it tells none."""
    names = (answers.get(question.name) for question in page.questions if question.widget == _PERSON)
    return next((str(name) for name in names if name), "")
