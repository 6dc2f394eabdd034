"""What people type, freed of what they cannot see: one way to write a blank, an apostrophe and a hyphen."""

import re
from typing import Final

from regulation.text.folding import fold, nfc

# Marks that take no room: direction, joiners, byte order, fillers, variation selectors. A phone pastes them unseen.
# Halves of a character that a program cut in two.
_UNSEEN: Final = re.compile(
    "[\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\U000e0000-\U000e0fff"
    # Places that never hold a character: XML refuses a whole document for one of them.
    "\ufdd0-\ufdef"
    + "".join(f"{chr(0x10000 * plane + 0xFFFE)}{chr(0x10000 * plane + 0xFFFF)}" for plane in range(17))
    + "]"
)
# Latin text as keyboards write it: nothing invisible, plain blanks, precomposed letters that are NFC already.
PLAIN: Final = "\u0020-\u007e\u00a1-\u00ac\u00ae-\u00cf\u00d1-\u0188\u018a-\u024f\u1e00-\u1eff"
_PLAIN: Final = re.compile(f"[{PLAIN}]*")
_CONTROL: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BREAK: Final = re.compile("\r\n|[\r\x85\u2028\u2029]")
_BLANK: Final = re.compile("[\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# The capital eth and the capital African d look like Đ to the last dot; old Vietnamese fonts and keyboards wrote them.
_LOOKS_ALIKE: Final = str.maketrans({"Ð": "Đ", "Ɖ": "Đ"})
_APOSTROPHES: Final = "`´ʹʻʼʽˈ‘’‛′＇ꞌ՚"
_HYPHENS: Final = "\u058a\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
_APOSTROPHE: Final = re.compile(f"[{_APOSTROPHES}]")
_HYPHEN: Final = re.compile(f"[{_HYPHENS}]")


def cleaned(text: str) -> str:
    """Give typed text as it is stored: NFC, one Đ, nothing invisible, plain blanks and line breaks, none at the ends.

    Source: requirements §0.3.4
    """
    if _PLAIN.fullmatch(text):
        return text.strip()
    bare = _CONTROL.sub("", _BREAK.sub("\n", _UNSEEN.sub("", text)))
    return nfc(_BLANK.sub(" ", bare)).translate(_LOOKS_ALIKE).strip()


def cleaned_line(text: str) -> str:
    """Give typed text of one line: cleaned, with single blanks between the words.

    Source: requirements §0.3.4
    """
    return " ".join(cleaned(text).split())


def one_apostrophe(text: str) -> str:
    """Write every mark that people use as an apostrophe as `'`, the one that is stored.

    Source: requirements §0.3.4
    """
    return text.replace("`", "'") if text.isascii() else _APOSTROPHE.sub("'", text)


def one_hyphen(text: str) -> str:
    """Write every kind of dash as `-`, where the text is a name, a code or a number.

    Source: requirements §0.3.4
    """
    return text if text.isascii() else _HYPHEN.sub("-", text)


def name_key(name: str) -> str:
    """Give the search key of a name: `H'Hen`, `H’Hen` and `HHen` have the same one, a hyphen counts as a blank.

    Source: requirements §0.3.4; R-TRK-11
    """
    keyed = name.translate(_KEYS)
    if not keyed.isascii() or not keyed.isprintable():
        keyed = fold(one_hyphen(one_apostrophe(cleaned(name))).replace("'", "").replace("-", " "))
    return " ".join(keyed.split())


# Latin letters as keyboards write them, each with its key: a name of these alone needs no other step.
_KEYS: Final = {
    **{code: fold(chr(code)) for code in (*range(0x21, 0x7F), *range(0xC0, 0x250), *range(0x1E00, 0x1F00))},
    **dict.fromkeys(map(ord, _APOSTROPHES + "'"), ""),
    **dict.fromkeys(map(ord, _HYPHENS + "-\u00a0"), " "),
}
