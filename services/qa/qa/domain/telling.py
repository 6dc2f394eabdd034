"""What tells of a person by its form: numbers of papers and telephones, e-mails, however they are written."""

import re
from collections.abc import Iterator
from typing import Final

from qa.domain.plain import Plain

Span = tuple[int, int, str]
LEAST: Final = 9
"""Digits of the shortest number of a person."""
MOST: Final = 12
_GAP: Final = r"[\W_]{0,6}"
_RUN: Final = re.compile(rf"\d(?:{_GAP}\d)*")
_GROUP: Final = re.compile(r"\d+")
_PASSPORT: Final = re.compile(r"(?<![^\W_])[a-z][ .-]?\d{7,8}(?!\d)")
_AT: Final = r"\s{0,2}(?:@|[(\[{]\s?(?:a|at|a cong)\s?[)\]}])\s{0,2}"
_EMAIL: Final = re.compile(rf"(?<![\w.+-])[\w.+-]{{1,64}}{_AT}[\w-]{{1,63}}(?:\.[\w-]{{1,63}})+")
_YEAR: Final = r"(?:19|20)\d\d"
_DAY: Final = rf"(?<!\d)(?:0?[1-9]|[12]\d|3[01])[/.-](?:0?[1-9]|1[0-2])[/.-]{_YEAR}(?!\d)"
_OTHERS: Final = re.compile(
    "|".join(
        (
            _DAY,
            rf"(?<!\d){_YEAR}(?:\s?[,;–-]\s?{_YEAR})+(?!\d)",
            rf"(?<!\d)\d{{1,6}}/{_YEAR}(?=/[a-z])",
            r"(?<!\d)\d{1,3}(?:[., ]\d{3})+(?=\s?(?:dong|vnd|trieu|ty|d)\b)",
            r"\bh\d{2}(?:\.\d{1,3}){0,4}-\d{6}-\d{3,6}(?!\d)",
            r"(?<!\d)\d\.\d{6}(?:\.\d{2,3})*\.h\d{2}(?!\d)",
        )
    )
)
"""Days, years, legal texts, amounts, dossiers and procedures: numbers of nobody."""
_LISTED: Final = re.compile(r"(?<!\d)\d{1,2}(?:\s?[,;]\s?\d{1,2}){3,}(?!\d)")
"""Articles one after another; or a number in pairs, for somebody to look at."""


def shaped(told: Plain, *, listed: bool = False) -> Iterator[Span]:
    """Find what tells of a person by its form; `listed` also small numbers one after another.

    Source: TN Đ.16.1; R-QNA-22
    """
    for match in _EMAIL.finditer(told.text):
        yield *told.span(*match.span()), "email"
    text = _OTHERS.sub(_crossed, told.text)
    text = text if listed else _LISTED.sub(_crossed, text)
    for match in _PASSPORT.finditer(text):
        yield *told.span(*match.span()), "id_number"
    for run in _RUN.finditer(text):
        for begin, until, kind in _numbers(run):
            yield *told.span(begin, until), kind


def _crossed(match: re.Match[str]) -> str:
    """Return as much of what no number goes across."""
    return "x" * len(match[0])


def _numbers(run: re.Match[str]) -> Iterator[Span]:
    """Cut digits that stand near each other into the numbers they are."""
    groups = [(run.start() + one.start(), run.start() + one.end()) for one in _GROUP.finditer(run[0])]
    digits = "".join(run.string[begin:until] for begin, until in groups)
    if LEAST <= len(digits) <= MOST:
        yield run.start(), run.end(), _kind(digits)
        return
    first = 0
    while first < len(groups):
        said, last = _whole(run.string, groups, first)
        if said:
            yield groups[first][0], groups[last][1], _kind(said)
        first = last + 1


def _whole(text: str, groups: list[tuple[int, int]], first: int) -> tuple[str, int]:
    """Return the number that begins with a group and the last group of it; no number where none does."""
    said, found = "", list[tuple[str, int]]()
    for last in range(first, len(groups)):
        said += text[slice(*groups[last])]
        if len(said) >= LEAST:
            found.append((said, last))
        if len(said) >= MOST:
            break
    fitting = [one for one in found if len(one[0]) <= MOST] or [one for one in found if one[1] == first]
    return max(fitting, key=lambda one: _likely(one[0]), default=("", first))


def _likely(digits: str) -> tuple[bool, bool, int]:
    return digits[0] == "0" and len(digits) == LEAST + 1, len(digits) == MOST, len(digits)


def _kind(digits: str) -> str:
    phone = (digits.startswith("0") and len(digits) < MOST) or (
        digits.startswith("84") and len(digits) > LEAST
    )
    return "phone" if phone else "id_number"
