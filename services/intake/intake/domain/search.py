"""How a dossier is found at the desk: by code, names, phone and identity numbers, however they are written."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from eforms import Form, Question
from regulation.text import MAIL, NUMBER, cleaned_line, name_key, number_key, one_hyphen

from intake.domain.submitter import FORM as SUBMITTER

_NAMES: Final = frozenset({"person_name", "organisation_name"})
_NUMBERS: Final = frozenset({"phone", "identity_number", "tax_code"})
_FOUND_BY: Final = _NAMES | _NUMBERS
_GROUPS: Final = frozenset({"group"})
# What may be a number without being written like one, as that of a passport; shorter ones end codes and names.
_MAY_BE_A_NUMBER: Final = re.compile(r"(?=.*\d)[0-9a-z]{6,}")
_CODE: Final = re.compile(r"[A-Z]{0,3}\d[\dA-Z.]*(?:-\d*)*")
MOST_WORDS: Final = 8


class Hiding(NamedTuple):
    """How numbers and addresses stand among the words of a dossier: in clear, as their mark, or as both (`beside`)."""

    mark: Callable[[str], str] | None = None
    beside: bool = False

    def number(self, told: str) -> str:
        """Return the words for a phone or identity number."""
        return self._words(number_key(told), number_key(told))

    def address(self, told: str) -> str:
        """Return the words for an e-mail address."""
        return self._words(told.strip().lower(), _words(told))

    def _words(self, key: str, clear: str) -> str:
        if not key or self.mark is None:
            return clear
        return f"{self.mark(key)} {clear}" if self.beside else self.mark(key)


IN_CLEAR: Final = Hiding()
_NOBODY: Final[Mapping[str, Any]] = MappingProxyType({})


def search_key(
    form: Form,
    answers: Mapping[str, Any],
    applicant: Mapping[str, str],
    hiding: Hiding = IN_CLEAR,
    submitter: Mapping[str, Any] = _NOBODY,
) -> str:
    """Return the words a dossier is found by: every name, phone, identity number and the e-mail, each word once.

    Who hands it in for the applicant is found as well.

    Source: requirements §0.3.4; R-TRK-11; R-SUB-18
    """
    said: list[tuple[Callable[[str], str], str]] = [(name_key, applicant.get("name", ""))]
    said += [(hiding.number, applicant.get(part, "")) for part in ("phone", "id_number")]
    said.append((hiding.address, applicant.get("email", "")))
    said += _found_by(form.of_kinds(_FOUND_BY), answers, hiding)
    said += _found_by(SUBMITTER.of_kinds(_FOUND_BY), submitter, hiding)
    for group in form.of_kinds(_GROUPS):
        for row in answers.get(group.name) or ():
            said += _found_by(group.children, row, hiding)
    words = " ".join(key(told) for key, told in dict.fromkeys(said)).split()
    return " ".join(dict.fromkeys(words))


def _found_by(
    questions: Iterable[Question], answers: Mapping[str, Any], hiding: Hiding
) -> Iterator[tuple[Callable[[str], str], str]]:
    """Give the names and numbers among some answers, each with how its key is made."""
    for question in questions:
        if question.widget in _FOUND_BY and isinstance(told := answers.get(question.name), str):
            yield (name_key if question.widget in _NAMES else hiding.number), told


@dataclass(frozen=True)
class Sought:
    """What somebody looks for: the beginning of a code, words that all occur; either may be empty.

    `marked` are the same words where numbers and addresses stand as their marks.
    """

    code: str
    words: tuple[str, ...]
    marked: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is looked for."""
        return bool(self.code or self.words)


def read_query(query: str, hiding: Hiding = IN_CLEAR) -> Sought:
    """Read what was typed into the search box: numbers become one word each, names lose marks and apostrophes."""
    text = one_hyphen(cleaned_line(query)).strip(" .,;:")
    code = text.upper().replace(" ", "-")
    words = tuple(dict.fromkeys(_words(text).split()))[:MOST_WORDS]
    marked = tuple(dict.fromkeys(_marked(text, hiding.mark)))[:MOST_WORDS] if hiding.mark else words
    return Sought(code if _CODE.fullmatch(code) else "", words, marked)


def _words(text: str) -> str:
    numbers = [number_key(found) for found in NUMBER.findall(text)]
    return " ".join([*numbers, name_key(NUMBER.sub(" ", text))])


def _marked(text: str, mark: Callable[[str], str]) -> Iterator[str]:
    """Give the words of a question, those that are or may be numbers and addresses as their marks."""
    for address in MAIL.findall(text):
        yield mark(address.lower())
    text = MAIL.sub(" ", text)
    for number in NUMBER.findall(text):
        yield mark(number_key(number))
    for word in name_key(NUMBER.sub(" ", text)).split():
        yield mark(word) if _MAY_BE_A_NUMBER.fullmatch(word) else word
