"""By which words an asker is found: those of names, numbers and addresses, however they are written."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from regulation.text import MAIL, NUMBER, cleaned_line, name_key, number_key, one_hyphen

from qa.domain.asker import EMAILS, NAMES, NUMBERS, PHONES

_FOUND_BY: Final[tuple[tuple[tuple[str, ...], Callable[[str], str]], ...]] = (
    (NAMES, name_key),
    (("id_number", *PHONES), number_key),
    (EMAILS, str.lower),
)
"""The answers an asker is found by, each kind as somebody's question for it is read below."""
_FREE: Final = tuple(name for name in NUMBERS if name != "id_number")
"""Numbers of papers, which are written as anybody likes."""
MOST_WORDS: Final = 8


def words_of(asker: Mapping[str, Any]) -> list[str]:
    """Return the words an asker is found by, each once.

    Source: requirements §0.3.4; R-QNA-21
    """
    told = (key(str(asker[name])) for names, key in _FOUND_BY for name in names if asker.get(name))
    free = (word for name in _FREE if asker.get(name) for word in _words(str(asker[name])))
    return list(dict.fromkeys([*" ".join(told).split(), *free]))


def words_sought(typed: str) -> list[str]:
    """Return the words somebody looks for; all of them must be the asker's."""
    return list(dict.fromkeys(_words(typed)))[:MOST_WORDS]


def _words(typed: str) -> Iterator[str]:
    text = one_hyphen(cleaned_line(typed))
    yield from (address.lower() for address in MAIL.findall(text))
    text = MAIL.sub(" ", text)
    yield from (number_key(number) for number in NUMBER.findall(text))
    yield from name_key(NUMBER.sub(" ", text)).split()
