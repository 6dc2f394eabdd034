"""Whether the text of a question may be accepted: accented Vietnamese in Unicode, no odd signs."""

import re
import unicodedata
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from regulation.text.folding import has_diacritics, nfc


class TextRule(StrEnum):
    """The rules a question's text is checked against; the last one only warns."""

    NO_WORDS = "no-words"
    NO_DIACRITICS = "no-diacritics"
    CONTROL_CHARACTER = "control-character"
    ODD_SYMBOL = "odd-symbol"
    ABBREVIATION = "abbreviation"


class Finding(NamedTuple):
    """One thing found in the text: the rule, the character or word, and a sentence in both languages."""

    rule: TextRule
    found: str
    vi: str
    en: str


_SENTENCES = {
    TextRule.NO_WORDS: ("Câu hỏi chưa có nội dung bằng chữ.", "The question has no words."),
    TextRule.NO_DIACRITICS: ("Hãy viết tiếng Việt có dấu.", "Write Vietnamese with diacritics."),
    TextRule.CONTROL_CHARACTER: ("Có ký tự điều khiển {found}.", "There is a control character {found}."),
    TextRule.ODD_SYMBOL: (
        "Có ký hiệu không nhận dạng được: {found}.",
        "There is an unrecognised symbol: {found}.",
    ),
    TextRule.ABBREVIATION: ("Có thể là chữ viết tắt: {found}.", "This may be an abbreviation: {found}."),
}
_LAYOUT = frozenset("\n\r\t")
_SYMBOLS = frozenset("%+=<>~^|`$€£₫°§№²³×÷±")
_ROMAN = re.compile(r"[IVXLC]+")
_LEGAL_NUMBER = re.compile(r"\d+/(?:\d{4}/)?[A-ZĐ][A-ZĐ0-9-]*")
_WORD = re.compile(r"[^\W\d_²³]+")
_VOWELS = frozenset("aeiouy")
_SHORTHAND = frozenset(
    {"ko", "đc", "sđt", "tphcm", "vs", "ntn", "bhxh", "bhyt", "cccd", "cmnd", "ubnd", "tthc"}
)


@lru_cache(maxsize=8)  # what refuses a text and what warns of it are asked one after the other
def review_question(text: str, *, text_rules: bool = True) -> tuple[Finding, ...]:
    """Give everything found in a question's text, in the order of the rules, each character or word once.

    `text_rules` is the profile's `qna.text_rules`; where it is off nothing is found.
    Source: R-QNA-04; NB Đ.18.2.b; TN Đ.14.1.a
    """
    if not text_rules:
        return ()
    text = nfc(text)
    found = [_finding(rule, "") for rule in _whole(text)]
    found += [_finding(TextRule.CONTROL_CHARACTER, f"U+{ord(sign):04X}") for sign in _once(text, _is_control)]
    found += [_finding(TextRule.ODD_SYMBOL, sign) for sign in _once(text, _is_odd)]
    words = dict.fromkeys(_WORD.findall(_LEGAL_NUMBER.sub(" ", text)))
    loud = _is_loud(text)
    found += [_finding(TextRule.ABBREVIATION, word) for word in words if _is_short(word, loud=loud)]
    return tuple(found)


def refusals(text: str, *, text_rules: bool = True) -> tuple[Finding, ...]:
    """Give the findings for which the question is refused. Source: R-QNA-04"""
    return tuple(
        one for one in review_question(text, text_rules=text_rules) if one.rule is not TextRule.ABBREVIATION
    )


def warnings(text: str, *, text_rules: bool = True) -> tuple[Finding, ...]:
    """Give the findings the asker is only warned of; triage judges them. Source: R-QNA-04"""
    return tuple(
        one for one in review_question(text, text_rules=text_rules) if one.rule is TextRule.ABBREVIATION
    )


def _finding(rule: TextRule, found: str) -> Finding:
    vi, en = _SENTENCES[rule]
    return Finding(rule, found, vi.format(found=found), en.format(found=found))


def _whole(text: str) -> tuple[TextRule, ...]:
    if not _WORD.search(text):
        return (TextRule.NO_WORDS,)
    return () if has_diacritics(text) else (TextRule.NO_DIACRITICS,)


def _once(text: str, odd: Callable[[str], bool]) -> list[str]:
    return [sign for sign in dict.fromkeys(text) if odd(sign)]


@lru_cache(maxsize=4096)
def _is_control(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cf", "Zl", "Zp"} and sign not in _LAYOUT


@lru_cache(maxsize=4096)
def _is_odd(sign: str) -> bool:
    """Say whether a sign is neither Latin text, digit, punctuation nor one of the usual symbols."""
    kind = unicodedata.category(sign)
    if kind.startswith("L"):
        return "LATIN" not in unicodedata.name(sign, "")
    return sign not in _SYMBOLS and (kind[0] in "SM" or kind in {"Nl", "No", "Cn", "Co", "Cs"})


def _is_loud(text: str) -> bool:
    """Tell whether somebody writes in capitals throughout, where capitals say nothing of a word."""
    letters = [sign for sign in text if sign.isalpha()]
    return 5 * sum(sign.isupper() for sign in letters) > 4 * len(letters)


@lru_cache(maxsize=4096)  # the syllables of Vietnamese come again and again
def _is_short(word: str, *, loud: bool) -> bool:
    """Suspect known shorthand, two to six bare capitals, and words without a vowel."""
    if len(word) < 2 or _ROMAN.fullmatch(word):
        return False
    capitals = not loud and word.isupper() and len(word) <= 6 and not has_diacritics(word)
    voiceless = not _VOWELS & set(unicodedata.normalize("NFD", word.lower()))
    return word.lower() in _SHORTHAND or capitals or voiceless
