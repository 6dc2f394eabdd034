"""Personal data in what is to be published: found by its form and by what the asker said of itself, and masked."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from typing import Any, Final, NamedTuple

from regulation.text import fold

from qa.domain.errors import PersonalDataLeftError

MASK: Final = "[…]"
_PHONE: Final = re.compile(
    r"(?<!\d)(?<!\d[.-])(?:\+?84|0)(?:[ .()–-]{0,2}\d){8,10}(?!\d)(?![./-]\d{1,5}(?!\d))"
)
_NUMBER: Final = re.compile(r"(?<![\w/.-])\d(?:[ .]?\d){8}(?:(?:[ .]?\d){3})?(?![\w/])")
_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_SHAPES: Final = (("email", _EMAIL), ("phone", _PHONE), ("id_number", _NUMBER))
OWN: Final = "own"
NAME: Final = "name"
"""What stands behind a form of address, and begins with capitals."""
_OWN_LEAST: Final = 5
"""Letters of what the asker said of itself that are looked for; shorter words stand everywhere."""
_OF_MANY: Final = ("nationality", "position")
"""Ends of the names of answers that say nothing of one person: half of all texts say "Việt Nam"."""
_BETWEEN: Final = r"[ .()–/-]{0,2}"


class Found(NamedTuple):
    """A piece of text that may tell of a person: which field, what it says, what kind of thing it is."""

    field: str
    text: str
    kind: str


def found_in(field: str, text: str, own: Iterable[str]) -> list[Found]:
    """Return the pieces of a text that tell of a person, in the order of the text, none inside another."""
    spans = sorted({*_shaped(text), *_own(text, own)}, key=lambda span: (span[0], -span[1], span[2] != OWN))
    found: list[Found] = []
    end = -1
    for begin, until, kind in spans:
        if begin >= end:
            found.append(Found(field, text[begin:until], kind))
            end = until
    return found


def masked(text: str, own: Iterable[str]) -> str:
    """Return a text with everything masked that tells of a person. Source: TN Đ.16.1; R-QNA-22"""
    for one in found_in("", text, own):
        text = text.replace(one.text, MASK)
    return text


_ADDRESSED: Final = re.compile(r"\b(?:ông|bà|anh|chị|cô|chú|bác|em|cháu)\s+(?=\w)", re.IGNORECASE)
_WORDS: Final = re.compile(r"\w+(?:[ ]\w+){0,5}")


def doubtful_in(field: str, text: str, own: Iterable[str]) -> list[Found]:
    """Return what somebody has to look at before everybody reads it: the same, and what stands where a name does.

    Source: TN Đ.16.1; R-QNA-22
    """
    sure = found_in(field, text, own)
    known = {one.text for one in sure}
    return sure + [Found(field, name, NAME) for name in dict.fromkeys(_names(text)) if name not in known]


def _names(text: str) -> Iterator[str]:
    for match in _ADDRESSED.finditer(text):
        said = _WORDS.match(text, match.end())
        words = list(takewhile(lambda word: word[0].isupper(), said[0].split(" "))) if said else []
        if words:
            yield " ".join(words)


_TEXTS: Final = frozenset({"title", "text", "question", "answer", "result", "reason"})
"""Under which names something stands that people wrote."""


def without(told: dict[str, Any] | None, own: Iterable[str]) -> Any:
    """Return something that is kept with what its asker said of itself masked in its texts; the rest stays as it is.

    Source: TN Đ.16.3; R-SEC-20
    """
    words = list(own)
    if told is None or not words:
        return told
    return {name: _unnamed(said, words) if name in _TEXTS else said for name, said in told.items()}


def _unnamed(text: str, own: Iterable[str]) -> str:
    kept, end = "", 0
    for begin, until, _ in sorted(_own(text, own)):
        if begin >= end:
            kept, end = f"{kept}{text[end:begin]}{MASK}", until
    return kept + text[end:]


def own_words(asker: Mapping[str, Any] | None) -> list[str]:
    """Return what an asker said of itself, as far as it tells of one person and is long enough to be looked for."""
    told = ((name, str(said)) for name, said in (asker or {}).items() if not name.endswith(_OF_MANY))
    return [said for name, said in told if len(said) >= _OWN_LEAST and not _wide(name, said)]


def _wide(name: str, said: str) -> bool:
    """Tell whether it is an address without a number: a commune or province, which stands in half of all texts."""
    return name.endswith("address") and not any(letter.isdigit() for letter in said)


def expect_publishable(told: Mapping[str, str], asker: Mapping[str, Any] | None) -> None:
    """Refuse a title, question and answer that tell who asked.

    What the asker said of itself stands nowhere; telephone, identity number and e-mail not in title and question
    either, while an answer may name the agency's own.

    Raises: PersonalDataLeftError.
    Source: TN Đ.16.1; R-QNA-22
    """
    own = own_words(asker)
    expect_masked({name: told[name] for name in ("title", "question")}, own)
    expect_unnamed("answer", told["answer"], own)


def expect_masked(texts: Mapping[str, str], own: Iterable[str]) -> None:
    """Refuse texts that still tell of a person.

    Raises: PersonalDataLeftError naming the first field and what stands there.
    Source: TN Đ.16.1; R-QNA-22
    """
    words = list(own)
    for field, text in texts.items():
        if found := found_in(field, text, words):
            told = ", ".join(one.text for one in found[:5])
            raise PersonalDataLeftError(field=field, rule="personal-data", found=told)


def expect_unnamed(field: str, text: str, own: Iterable[str]) -> None:
    """Refuse a public answer that names its asker; how to reach the agency may stand there.

    Raises: PersonalDataLeftError.
    Source: TN Đ.16.1; R-QNA-22
    """
    theirs = [one for one in found_in(field, text, own) if one.kind == OWN]
    if theirs:
        told = ", ".join(one.text for one in theirs[:5])
        raise PersonalDataLeftError(field=field, rule="personal-data", found=told)


def _shaped(text: str) -> Iterator[tuple[int, int, str]]:
    for kind, shape in _SHAPES:
        for match in shape.finditer(text):
            yield match.start(), match.end(), kind


def _own(text: str, own: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Find what the asker said of itself, with or without marks, however it is spaced or broken into lines."""
    own = list(own)
    if not own:
        return
    plain, places = "", list[int]()
    for place, letter in enumerate(text):
        told = fold(letter) or letter
        plain += told
        places += [place] * len(told)
    for said in own:
        for match in _wanted(said).finditer(plain):
            yield places[match.start()], places[match.end() - 1] + 1, OWN


def _wanted(said: str) -> re.Pattern[str]:
    """Say how something may be written: a number with anything usual between its digits, words with any blanks."""
    digits = "".join(letter for letter in said if letter.isdigit())
    if len(digits) < 2 * _OWN_LEAST - 2 or any(letter.isalpha() for letter in said):
        return re.compile(r"\s+".join(map(re.escape, fold(said).split())) or r"(?!)")
    national = (
        re.sub(r"^(?:84|0)", "", digits) if said.startswith(("+84", "0")) and len(digits) < 12 else digits
    )
    begin = "" if national == digits else rf"(?:\+?84|0)?{_BETWEEN}"
    return re.compile(rf"(?<!\d){begin}{_BETWEEN.join(national)}(?!\d)")
