"""How a dossier is found at the desk: by code, names, phone and identity numbers, however they are written."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from eforms import Form, Question
from regulation.text import cleaned_line, name_key, one_hyphen

_NAMES: Final = frozenset({"person_name", "organisation_name"})
_NUMBERS: Final = frozenset({"phone", "identity_number", "tax_code"})
_FOUND_BY: Final = _NAMES | _NUMBERS
_GROUPS: Final = frozenset({"group"})
_ABROAD: Final = re.compile(r"^84(?=\d{9,10}$)")
# A number as people write it: blanks, dots, hyphens and brackets between its groups; no shorter one is looked for.
_NUMBER: Final = re.compile(r"\+?\(?\d(?:[\s.()-]*\d){7,}")
_NOT_OF_A_NUMBER: Final = re.compile(r"[^0-9a-zđ]")
_CODE: Final = re.compile(r"[A-Z]{0,3}\d[\dA-Z.]*(?:-\d*)*")
MOST_WORDS: Final = 8


def number_key(text: str) -> str:
    """Return a phone or identity number as it is looked for: small letters and digits, Vietnam's prefix as 0.

    Source: R-TRK-11
    """
    return _ABROAD.sub("0", _NOT_OF_A_NUMBER.sub("", text.lower()))


def search_key(form: Form, answers: Mapping[str, Any], applicant: Mapping[str, str]) -> str:
    """Return the words a dossier is found by: every name, phone, identity number and the e-mail, each word once.

    Source: requirements §0.3.4; R-TRK-11
    """
    said: list[tuple[Callable[[str], str], str]] = [(name_key, applicant.get("name", ""))]
    said += [(number_key, applicant.get(part, "")) for part in ("phone", "id_number")]
    said.append((_words, applicant.get("email", "")))
    said += _found_by(form.of_kinds(_FOUND_BY), answers)
    for group in form.of_kinds(_GROUPS):
        for row in answers.get(group.name) or ():
            said += _found_by(group.children, row)
    words = " ".join(key(told) for key, told in dict.fromkeys(said)).split()
    return " ".join(dict.fromkeys(words))


def _found_by(
    questions: Iterable[Question], answers: Mapping[str, Any]
) -> Iterator[tuple[Callable[[str], str], str]]:
    """Give the names and numbers among some answers, each with how its key is made."""
    for question in questions:
        if question.widget in _FOUND_BY and isinstance(told := answers.get(question.name), str):
            yield (name_key if question.widget in _NAMES else number_key), told


@dataclass(frozen=True)
class Sought:
    """What somebody looks for: the beginning of a code, words that all occur; either may be empty."""

    code: str
    words: tuple[str, ...]

    def __bool__(self) -> bool:
        """Tell whether anything is looked for."""
        return bool(self.code or self.words)


def read_query(query: str) -> Sought:
    """Read what was typed into the search box: numbers become one word each, names lose marks and apostrophes."""
    text = one_hyphen(cleaned_line(query)).strip(" .,;:")
    code = text.upper().replace(" ", "-")
    words = tuple(dict.fromkeys(_words(text).split()))[:MOST_WORDS]
    return Sought(code if _CODE.fullmatch(code) else "", words)


def _words(text: str) -> str:
    numbers = [number_key(found) for found in _NUMBER.findall(text)]
    return " ".join([*numbers, name_key(_NUMBER.sub(" ", text))])
