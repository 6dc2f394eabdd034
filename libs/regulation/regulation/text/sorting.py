"""The order of Vietnamese names in a list: by given name, then family name, by the Vietnamese alphabet."""

import re
import unicodedata

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# ngang, huyền, hỏi, ngã, sắc, nặng: the order of the dictionaries.
_TONES = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}
_LEVEL = "1"
_CODES = {letter: f"{place + 11:02d}" for place, letter in enumerate(_LETTERS)}
_CODES |= {digit: f"{int(digit) + 1:02d}" for digit in "0123456789"}
_CODES |= {"ð": _CODES["đ"], "ɖ": _CODES["đ"]}  # what looks like Đ as a capital
_END = "00"


def sort_key(name: str, *, person: bool = True) -> str:
    """Give a key of digits whose plain text order is the order of the names.

    A person sorts by given name (the last word), then family name, then middle names; with `person=False`
    the words keep their order. The key sorts alike under every collation of the database.
    Source: design §2.3; R-ORG-01
    """
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", name.lower()))
    if person and len(words) > 1:
        words = [words[-1], *words[:-1]]
    return "".join(_word_key(word) for word in words)


def _word_key(word: str) -> str:
    """Give the letters first and the tone after them: `hoa, hòa, hoan` in this order."""
    tone, letters = _LEVEL, []
    for mark in unicodedata.normalize("NFD", word):
        if mark in _TONES:
            tone = _TONES[mark]
        else:
            letters.append(mark)
    whole = unicodedata.normalize("NFC", "".join(letters))
    return "".join(_CODES.get(letter, "99") for letter in whole) + _END + tone
