"""Who applies: what the account fills into a form beforehand, and what a filled form says of the applicant."""

from collections.abc import Mapping
from typing import Any, Final

from eforms.answers import read_answer
from eforms.definition import Form, Question
from eforms.kinds import is_empty
from eforms.kinds.places import told_address

_PARTS: Final = (
    ("name", "full_name", "person_name"),
    ("id_number", "id_number", "identity_number"),
    ("phone", "phone", "phone"),
    ("email", "email", "email"),
)


def prefilled(question: Question, account: Mapping[str, Any]) -> Any:
    """Return what the account knows for a question, None when it knows nothing or the question refuses it.

    Source: R-SUB-04
    """
    known = account.get(question.prefill.removeprefix("account.")) if question.prefill else None
    if is_empty(known):
        return None
    value, refused = read_answer(question, known)
    return None if refused else value


def applicant_of(form: Form, answers: Mapping[str, Any]) -> dict[str, str]:
    """Return name, id_number, phone, email and address of the applicant as answered, "" where not asked.

    The address is told whole, as papers print it.
    """
    told = {part: str(answers.get(_asked(form, source, widget), "")) for part, source, widget in _PARTS}
    place = answers.get(_asked(form, "address", "address"))
    return told | {"address": told_address(place) if isinstance(place, Mapping) else ""}


def answers_of_applicant(form: Form, applicant: Mapping[str, str]) -> dict[str, Any]:
    """Return what is known of an applicant as answers of a form: `applicant_of` read the other way round.

    What a question refuses is left out. Source: R-SUB-04
    """
    found: dict[str, Any] = {}
    for part, source, widget in _PARTS:
        question = form.questions.get(_asked(form, source, widget))
        if question is None or not applicant.get(part):
            continue
        value, refused = read_answer(question, applicant[part])
        if not refused:
            found[question.name] = value
    return found


def _asked(form: Form, source: str, widget: str) -> str:
    """Return the question that is filled from this part of the account, else the first of its kind."""
    named = form.prefilled_from.get(f"account.{source}")
    return named.name if named else next((one.name for one in form.of_kinds(frozenset({widget}))), "")
