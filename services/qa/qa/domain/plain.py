"""A text as somebody means it, whatever it is written with: small, without marks, and where each letter stood."""

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from regulation.text import fold

_LIKE: Final = str.maketrans(
    "авеёкмнорстухіјѕԁԛԝαβεικνορτυχıⅼ",
    "abeekmhopctyxijsdqwabeiknoptuxil",
)
"""Letters of other scripts that look like ours."""
_BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""What counts as a letter and is not seen."""
_ENTITY: Final = re.compile(r"&(?:nbsp|ensp|emsp|thinsp|#160|#xa0);", re.IGNORECASE)
_ZERO: Final = re.compile(r"(?<=\d)o(?=\d)|(?<![^\W_])o(?=\d{3})")
_ONE: Final = re.compile(r"(?<=\d)[il|](?=\d)")


class Plain(NamedTuple):
    """A plain text and from where in the original each of its letters comes."""

    text: str
    places: list[int]

    def span(self, begin: int, until: int) -> tuple[int, int]:
        """Return where in the original a piece of the plain text stands."""
        return self.places[begin], self.places[until - 1] + 1


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    """Return a letter without marks and as the compatible one; nothing for what is not seen."""
    if letter in _BLANK:
        return " "
    told = unicodedata.normalize("NFKC", letter)
    seen = "".join(one for one in told if unicodedata.category(one) not in {"Mn", "Me", "Cf"})
    digits = "".join(str(unicodedata.decimal(one, one)) for one in seen)
    return (fold(digits) or digits.lower()).translate(_LIKE)


def plain(text: str) -> Plain:
    """Return a text folded letter by letter: compatible forms, look-alikes, digits of any script.

    Source: TN Đ.16.1; R-QNA-22
    """
    letters: list[str] = []
    places: list[int] = []
    entities = {match.start(): match.end() for match in _ENTITY.finditer(text)}
    until = 0
    for place, letter in enumerate(text):
        if place < until:
            continue
        until = entities.get(place, 0)
        told = " " if until else _plain(letter)
        letters.append(told)
        places += [place] * len(told)
    return Plain(_ONE.sub("1", _ZERO.sub("0", "".join(letters))), places)


def tight(told: Plain) -> Plain:
    """Return letters and digits alone: whatever stands between them says nothing."""
    kept = [(letter, place) for letter, place in zip(*told, strict=True) if letter.isalnum()]
    return Plain("".join(letter for letter, _ in kept), [place for _, place in kept])
