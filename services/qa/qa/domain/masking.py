"""Personal data in what is to be published: found by its form and by what the asker said of itself, and masked."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from typing import Any, Final, NamedTuple

from qa.domain.errors import PersonalDataLeftError
from qa.domain.plain import Plain, plain, tight
from qa.domain.telling import Span, shaped

MASK: Final = "[…]"
OWN: Final = "own"
NAME: Final = "name"
"""What stands behind a form of address, and begins with capitals."""
_OWN_LEAST: Final = 5
"""Letters of what the asker said of itself that are looked for; shorter words stand everywhere."""
_GLUED: Final = 10
"""Letters from which on it is found inside other words, too."""
_OF_MANY: Final = ("nationality", "position")
"""Ends of the names of answers that say nothing of one person: half of all texts say "Việt Nam"."""


class Found(NamedTuple):
    """A piece of text that may tell of a person: which field, what it says, what kind of thing it is."""

    field: str
    text: str
    kind: str


def found_in(field: str, text: str, own: Iterable[str]) -> list[Found]:
    """Return the pieces of a text that tell of a person, in the order of the text, none inside another."""
    return [Found(field, text[begin:until], kind) for begin, until, kind in _spans(text, own)]


def masked(text: str, own: Iterable[str]) -> str:
    """Return a text with everything masked that tells of a person. Source: TN Đ.16.1; R-QNA-22"""
    return _cut(text, _spans(text, own))


def _spans(text: str, own: Iterable[str], *, listed: bool = False) -> list[Span]:
    told = plain(text)
    return _joined([*shaped(told, listed=listed), *_own(text, told, own)])


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Return pieces in their order; those that lie over each other as one."""
    joined: list[Span] = []
    for begin, until, kind in sorted(spans, key=lambda span: (span[0], -span[1], span[2] != OWN)):
        if joined and begin < joined[-1][1]:
            first, last, before = joined[-1]
            joined[-1] = first, max(last, until), OWN if kind == OWN else before
        else:
            joined.append((begin, until, kind))
    return joined


def _cut(text: str, spans: Iterable[Span]) -> str:
    kept, end = "", 0
    for begin, until, _ in spans:
        kept, end = f"{kept}{text[end:begin]}{MASK}", until
    return kept + text[end:]


CITED: Final = ("number", "title", "issuer")
"""What people write of a text that is cited; its days are days."""


def masked_citations(cited: Iterable[Mapping[str, Any]], own: Iterable[str]) -> list[dict[str, Any]]:
    """Return citations with what people wrote of them masked. Source: TN Đ.16.1; R-QNA-22"""
    words = list(own)
    return [{**one, **{name: masked(one[name], words) for name in CITED}} for one in cited]


_ADDRESSED: Final = re.compile(
    r"\b(?:ông|bà|anh|chị|cô|chú|bác|em|cháu)[\s.:_-]{1,3}(?=[^\W_])", re.IGNORECASE
)
_WORDS: Final = re.compile(r"[^\W_]+(?:[ ._-][^\W_]+){0,5}")
_APART: Final = re.compile(r"[ ._-]")


def doubtful_in(field: str, text: str, own: Iterable[str]) -> list[Found]:
    """Return what somebody has to look at before everybody reads it: the same, and what stands where a name does.

    Source: TN Đ.16.1; R-QNA-22
    """
    own = list(own)
    spans = _spans(text, own, listed=True)
    sure = [Found(field, text[begin:until], kind) for begin, until, kind in spans]
    left = _cut(text, spans)
    names = dict.fromkeys([*_names(left), *_given(left, own)])
    return sure + [Found(field, name, NAME) for name in names]


def _names(text: str) -> Iterator[str]:
    for match in _ADDRESSED.finditer(text):
        said = _WORDS.match(text, match.end())
        words = list(takewhile(lambda word: word[0].isupper(), _APART.split(said[0]))) if said else []
        if words and said:
            yield said[0][: len(" ".join(words))]


def _given(text: str, own: Iterable[str]) -> Iterator[str]:
    """Find the last two words of a name as they are written, which call a person as well as the whole."""
    for said in own:
        words = said.split()
        named = len(words) > 2 and all(word.isalpha() and word[0].isupper() for word in words)
        if named and (last := re.search(rf"(?<!\w){words[-2]}[\W_]{{1,3}}{words[-1]}(?!\w)", text)):
            yield last[0]


_PLAIN: Final = frozenset(
    {"by", "at", "state", "ground", "decided_by", "decided_at", "full_name", "phone", "email", "name"}
    | {"issued_on", "effective_on"}
)
"""Under which names stand marks, instants and who answered; whatever else is kept may be what people wrote."""


def without(told: Any, own: Iterable[str]) -> Any:
    """Return something that is kept with what its asker said of itself masked in all its texts.

    Source: TN Đ.16.3; R-SEC-20
    """
    words = list(own)
    if not words or not isinstance(told, (str, list, dict)):
        return told
    if isinstance(told, str):
        return _cut(told, _joined(_own(told, plain(told), words)))
    if isinstance(told, list):
        return [without(one, words) for one in told]
    return {name: said if name in _PLAIN else without(said, words) for name, said in told.items()}


def own_words(asker: Mapping[str, Any] | None) -> list[str]:
    """Return what an asker said of itself, as far as it tells of one person and is long enough to be looked for."""
    told = ((name, str(said)) for name, said in (asker or {}).items() if not name.endswith(_OF_MANY))
    return [said for name, said in told if len(said) >= _OWN_LEAST and not _wide(name, said)]


def _wide(name: str, said: str) -> bool:
    """Tell whether it is an address without a number: a commune or province, which stands in half of all texts."""
    return name.endswith("address") and not any(letter.isdigit() for letter in said)


def expect_masked(texts: Mapping[str, str], own: Iterable[str]) -> None:
    """Refuse texts that still tell of a person.

    Raises: PersonalDataLeftError naming the first field and what stands there.
    Source: TN Đ.16.1; R-QNA-22
    """
    words = list(own)
    for field, text in texts.items():
        _refuse(field, found_in(field, text, words))


def expect_unnamed(field: str, text: str, own: Iterable[str]) -> None:
    """Refuse a public answer that names its asker; how to reach the agency may stand there.

    Raises: PersonalDataLeftError.
    Source: TN Đ.16.1; R-QNA-22
    """
    _refuse(field, [one for one in found_in(field, text, own) if one.kind == OWN])


def _refuse(field: str, found: list[Found]) -> None:
    if found:
        told = ", ".join(one.text for one in found[:5])
        raise PersonalDataLeftError(field=field, rule="personal-data", found=told)


def _own(text: str, told: Plain, own: Iterable[str]) -> Iterator[Span]:
    """Find what the asker said of itself by its letters and digits alone, whatever stands between them."""
    own = list(own)
    if not own:
        return
    letters = tight(told)
    for said in own:
        wanted = tight(plain(said)).text
        for shape in _wanted(said, wanted):
            for match in shape.finditer(letters.text):
                begin, until = letters.span(*match.span())
                if len(wanted) >= _GLUED or wanted.isdigit() or _apart(text, begin, until):
                    yield begin, until, OWN


def _apart(text: str, begin: int, until: int) -> bool:
    """Tell whether a piece stands as words of its own, also where it is glued to others by a capital."""
    before = begin == 0 or not text[begin - 1].isalnum() or text[begin].isupper()
    return before and (until == len(text) or not text[until].isalpha() or text[until].isupper())


_STREET: Final = re.compile(r"(\d[\w/-]*)\s+(?:(?:duong|pho|ngo|ngach|hem)\s+)?([^,;]+)")


def _wanted(said: str, wanted: str) -> Iterator[re.Pattern[str]]:
    """Say how something may be written: a telephone with either prefix, an e-mail spelt out, a house in a street."""
    if "@" in said:
        name, _, place = said.partition("@")
        dots = "(?:dot|cham)?".join(re.escape(tight(plain(part)).text) for part in place.split("."))
        yield re.compile(f"{re.escape(tight(plain(name)).text)}(?:acong|at|a)?{dots}")
        return
    if wanted.isdigit() and len(wanted) >= 2 * _OWN_LEAST - 2:
        phone = said.startswith(("+84", "0")) and len(wanted) < 12
        yield re.compile(f"(?:84|0)?{re.sub('^(?:84|0)', '', wanted)}" if phone else wanted)
        return
    if wanted:
        yield re.compile(re.escape(wanted))
    if house := _STREET.search(plain(said).text):
        number, street = (tight(plain(one)).text for one in house.groups())
        if len(street) >= _OWN_LEAST:
            yield re.compile(f"(?<!\\d){number}(?:duong|pho|ngo|ngach|hem)?{re.escape(street)}")
