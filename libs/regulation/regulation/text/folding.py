"""One stored form of Vietnamese text, and the key under which a search finds it with or without marks."""

import re
import unicodedata

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SHAPES = "\u0302\u0306\u031b"
# The letters with a bar decompose to nothing: đ, and the eth and African d that some keyboards produce for it; the
# barred b is a letter of Ê Đê, Gia Rai and Ba Na names.
_BARRED = str.maketrans({"đ": "d", "ð": "d", "ɖ": "d", "ƀ": "b"})
_LATIN = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
# "hoà, hoè, thuỷ" are written "hòa, hòe, thủy" as well when nothing follows; in "quý" the u belongs to q.
_LATE_TONE = re.compile(
    rf"((?<![qQ])[uU]|[oO])((?:(?<=[oO])[aAeE])|(?:(?<=[uU])[yY]))([{_TONES}])(?![^\W\d_]|[{_TONES}{_SHAPES}])"
)


def nfc(text: str) -> str:
    """Give the text in Unicode NFC, the only form that is stored.

    Source: requirements §0.3.4
    """
    return unicodedata.normalize("NFC", text)


def tone_folded(text: str) -> str:
    """Write `hoà` as `hòa`, `thuỷ` as `thủy`: one spelling for the two places of the tone mark, in NFC.

    Source: R-TRK-11; requirements §0.3.4
    """
    return nfc(_LATE_TONE.sub(r"\1\3\2", unicodedata.normalize("NFD", text)))


def fold(text: str) -> str:
    """Give the search key: small letters without marks, đ as d, single spaces.

    Two texts that differ only in marks, tone placement, case, spacing or Unicode form have the same key.
    Source: R-TRK-11; requirements §0.3.4
    """
    small = text.casefold()
    bare = small if small.isascii() else small.translate(_BARE)
    return " ".join((bare if bare.isascii() else _bare(small)).split())


def _bare(small: str) -> str:
    """Take the marks off, letter by letter."""
    apart = unicodedata.normalize("NFD", small)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(_BARRED)


_BARE = {code: _bare(chr(code)) for code in _LATIN}


def has_diacritics(text: str) -> bool:
    """Say whether any letter bears a Vietnamese mark, or is đ.

    Source: R-QNA-04
    """
    apart = unicodedata.normalize("NFD", text.casefold())
    return any(letter in "đ" or letter in _TONES or letter in _SHAPES for letter in apart)
