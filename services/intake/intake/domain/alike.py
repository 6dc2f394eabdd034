"""Whether two dossiers tell of the same event: the same people on the same days, whoever hands them in."""

import hashlib
from collections.abc import Mapping
from typing import Any, Final

from eforms import Form
from regulation.text import name_key

_ACCOUNT: Final = "account."
_TELLING: Final = frozenset({"person_name", "date"})
_LEAST: Final = 2  # a name alone is shared by many, and so is a day


def event_questions(form: Form) -> tuple[str, ...]:
    """Return the questions that say who and when: names and days, not those about the person who hands in.

    Where two of them are always asked these are enough: what one parent leaves out the other may fill in.
    """
    telling = [
        question.name for question in form.of_kinds(_TELLING) if not question.prefill.startswith(_ACCOUNT)
    ]
    always = [name for name in telling if name in form.required]
    return tuple(always if len(always) >= _LEAST else telling)


def event_key(form: Form, procedure: str, answers: Mapping[str, Any]) -> str | None:
    """Return the key that dossiers about the same event share; None where too little was told to compare.

    Source: R-INT-01; R-SUB-03
    """
    told = [f"{name}={name_key(str(answers[name]))}" for name in event_questions(form) if answers.get(name)]
    if len(told) < _LEAST:
        return None
    return hashlib.blake2b("\n".join((procedure, *sorted(told))).encode(), digest_size=12).hexdigest()
