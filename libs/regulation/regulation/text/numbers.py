"""Telephone and identity numbers and addresses of mail as people type them, among other words."""

import re
from collections.abc import Callable
from typing import Final

NUMBER: Final = re.compile(r"\+?\(?\d(?:[\s.()-]*\d){7,}")
"""A number as people write it: blanks, dots, hyphens and brackets between its groups; no shorter one is looked for."""
MAIL: Final = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]*\w")
_ABROAD: Final = re.compile(r"^84(?=\d{9,10}$)")
_NOT_OF_A_NUMBER: Final = re.compile(r"[^0-9a-zđ]")
# A day, an instant, a code and an identifier have as many digits, and tell of nobody.
_OF_A_PERSON: Final = re.compile(
    r"(?<![\w.-])(?!\d{4}-\d\d-\d\d(?!\d))(?:\+?\(?\d(?:[\s.()-]*\d){7,}|[A-Za-z]{1,2}\s?\d{6,})(?![\w-]|\.\w)"
)


def number_key(text: str) -> str:
    """Return a phone or identity number as it is looked for: small letters and digits, Vietnam's prefix as 0.

    Source: R-TRK-11
    """
    return _ABROAD.sub("0", _NOT_OF_A_NUMBER.sub("", text.lower()))


def without_numbers(text: str, instead: Callable[[str], str]) -> str:
    """Return a text with something else in the place of every number of a person and every address of mail."""
    text = MAIL.sub(lambda found: instead(found[0].lower()), text)
    return _OF_A_PERSON.sub(lambda found: instead(number_key(found[0])), text)
