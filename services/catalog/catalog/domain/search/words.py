"""Text as search sees it: lower case, no tone marks, `y` as `i`, split into syllables."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from regulation.text import fold

WORD = re.compile(r"[a-z0-9]+")
CODE = re.compile(r"^\s*(\d)\s*[.,\-]?\s*(\d{6})\s*$")

Phrase = tuple[str, ...]


@lru_cache(maxsize=20_000)
def words(text: str) -> Phrase:
    """Return the folded syllables of a text in order; NFC and NFD, `ký` and `kí` give the same.

    Source: R-TRK-11
    """
    return tuple(WORD.findall(fold(text).replace("y", "i")))


def pairs(tokens: Sequence[str]) -> Phrase:
    """Return neighbouring syllables joined, because most Vietnamese words have two."""
    return tuple(f"{a} {b}" for a, b in pairwise(tokens))


def code_in(text: str) -> str | None:
    """Return the procedure code when the text is nothing but a code (`1.001193`, `1001193`)."""
    found = CODE.match(text)
    return f"{found[1]}.{found[2]}" if found else None


def runs(tokens: Phrase, longest: int) -> list[tuple[int, Phrase]]:
    """Return every run of neighbouring tokens with its place, longest first."""
    return [
        (at, tokens[at : at + size])
        for size in range(min(longest, len(tokens)), 0, -1)
        for at in range(len(tokens) - size + 1)
    ]
