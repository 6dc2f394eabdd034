"""What stands in the place of what people say of themselves: sealed text, and marks by which they are found."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import orjson
from common.sealing import Ring

from qa.domain.search import words_of

_LONG: Final = 16
_WHO, _SAME = "question.asker_marks", "question.sameness"


def written(value: Any) -> str:
    """Write a document down, to be sealed."""
    return orjson.dumps(value).decode()


def hidden_words(words: Iterable[str], ring: Ring | None) -> list[str]:
    """Return the marks of words an asker is found by; the words themselves where nothing is sealed."""
    if ring is None or ring.beside:
        return list(words)
    return [ring.mark(word, _WHO)[:_LONG] for word in words]


def asker_marks(asker: Mapping[str, Any] | None, ring: Ring | None) -> list[str] | None:
    """Return by what an asker is found, None where nobody is known any more."""
    return None if asker is None else hidden_words(words_of(asker), ring)


def hidden_sameness(told: str, ring: Ring | None) -> str:
    """Return what stands for the mark of a same question: the numbers it is made of are quickly tried out."""
    return told if ring is None or ring.beside else ring.mark(told, _SAME)
