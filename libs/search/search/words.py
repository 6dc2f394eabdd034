"""Text as search sees it: syllables in small letters, once with their marks and once without, `y` as `i`."""

import re
import sys
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from regulation.text import cleaned_line, fold, has_diacritics, tone_folded

WORD = re.compile(r"[^\W_]+")
CODE = re.compile(r"^\s*(\d)\s*[.,\- ]?\s*(\d{6})\s*$")
RESULT = re.compile(r"^\s*kq\s*[.,\- ]?\s*(g\d\d)\s*[.,\- ]?\s*(\d{6})\s*$", re.IGNORECASE)
SYLLABLE = re.compile(
    r"(b|ch?|d|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?"
    r"(oai|uia|uie|uou|uoi|ieu|oeo|uai|uao|uiu|ia|ie|io|iu|oa|oe|oi|oo|ua|ue|ui|uo|uu|ai|ao|au|eo|eu|a|e|i|o|u)"
    r"(ch?|m|ngh?|nh?|p|t)?"
)
_Y = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")

Phrase = tuple[str, ...]


class Text(NamedTuple):
    """The syllables of a text in order: `plain` without marks, `marked` as written, equally many of both."""

    plain: Phrase
    marked: Phrase
    accented: bool  # whether anything was written with marks


def typed(text: str) -> str:
    """Return what somebody typed to search as it is meant: nothing unseen in a word, full-width letters as plain ones.

    Source: requirements §0.3.4
    """
    return cleaned_line(text if text.isascii() else unicodedata.normalize("NFKC", text))


def taken_apart(text: str) -> Text:
    """Return the syllables of a text; NFC and NFD, `ký` and `kí`, `hòa` and `hoà` give the same.

    The same syllable is the same string in every text: there are some thousands, and texts by the hundred thousand.

    Source: R-TRK-11
    """
    marked = tuple(map(sys.intern, WORD.findall(tone_folded(text.lower()).translate(_Y))))
    return Text(tuple(map(_plain, marked)), marked, has_diacritics(text))


_plain = lru_cache(maxsize=100_000)(fold)
read = lru_cache(maxsize=20_000)(taken_apart)  # what is typed again and again


def words(text: str) -> Phrase:
    """Return the syllables of a text without marks."""
    return read(text).plain


def is_syllable(token: str) -> bool:
    """Tell whether a folded token is built as a Vietnamese syllable is; `khjai` is not, `chuot` is."""
    return SYLLABLE.fullmatch(token) is not None


def pairs(tokens: Sequence[str]) -> Phrase:
    """Return neighbouring syllables joined, because most Vietnamese words have two."""
    return tuple(f"{a}_{b}" for a, b in pairwise(tokens))


def code_in(text: str) -> str | None:
    """Return the procedure code when the text is nothing but a code (`1.001193`, `1001193`)."""
    found = CODE.match(text)
    return f"{found[1]}.{found[2]}" if found else None


def result_in(text: str) -> str | None:
    """Return the code of a result document when the text is nothing but one (`KQ.G01.000068`)."""
    found = RESULT.match(text)
    return f"KQ.{found[1].upper()}.{found[2]}" if found else None


def runs(tokens: Phrase, longest: int) -> list[tuple[int, Phrase]]:
    """Return every run of neighbouring tokens with its place, longest first."""
    return [
        (at, tokens[at : at + size])
        for size in range(min(longest, len(tokens)), 0, -1)
        for at in range(len(tokens) - size + 1)
    ]
