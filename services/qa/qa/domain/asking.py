"""Whether the text of a question may be taken, and what triage has to look at."""

import re
from collections.abc import Sequence
from typing import Final

from common.errors import FieldProblem, InvalidInputError
from regulation.text import Finding, TextRule, cleaned, cleaned_line, refusals, warnings

from qa.domain.errors import QuestionDoubtfulError
from qa.domain.masking import found_in

SHORTEST_TITLE: Final = 5
LONGEST_TITLE: Final = 200
SHORTEST_TEXT: Final = 20
LONGEST_TEXT: Final = 5_000
TELLING: Final = "personal-data"
"""The rule broken by a number or address of somebody in the text."""
_CODE: Final = re.compile(r"[0-9A-Za-zĐđ][0-9A-Za-zĐđ ._/-]*")
_SHORT: Final = ("Hãy viết ít nhất {least} ký tự.", "Write at least {least} characters.")
_LONG: Final = (
    "Mục này dài {found} ký tự, chỉ nhận tối đa {most}. Hãy rút gọn.",
    "This has {found} characters; at most {most} are taken. Shorten it.",
)
_SHORTENED: Final = (
    "Có thể là chữ viết tắt: {words}. Hãy viết đầy đủ.",
    "These may be abbreviations: {words}. Write them out.",
)
_TELLING: Final = (
    "Có thể là số điện thoại, số giấy tờ hoặc thư điện tử: {words}. Nếu không cần để trả lời, hãy bỏ đi.",
    "This may be a telephone number, a paper's number or an e-mail: {words}. Leave it out if no answer needs it.",
)


def tidy_title(title: str, *, text_rules: bool) -> str:
    """Return a title as it is stored. Raises: InvalidInputError."""
    told = cleaned_line(title)
    problems = _length("title", told, SHORTEST_TITLE, LONGEST_TITLE)
    found = [one for one in refusals(told, text_rules=text_rules) if one.rule is not TextRule.NO_DIACRITICS]
    if problems or found:
        raise InvalidInputError([*problems, *_problems("title", found)])
    return told


def tidy_text(text: str, *, text_rules: bool) -> str:
    """Return the text of a question as it is stored.

    What a word processor or a telephone pastes unseen falls away; what is left must be accented Vietnamese where
    the province asks it.

    Raises: InvalidInputError.
    Source: NB Đ.18.2.b; TN Đ.14.1.a; R-QNA-04
    """
    told = cleaned(text)
    problems = _length("text", told, SHORTEST_TEXT, LONGEST_TEXT)
    if not problems:
        problems = _problems("text", refusals(told, text_rules=text_rules))
    if problems:
        raise InvalidInputError(problems)
    return told


def tidy_dossier(code: str | None) -> str | None:
    """Return the code of a dossier as it is stored, None where none is named; other portals have codes of their own.

    Raises: InvalidInputError.
    """
    told = cleaned_line(code or "")
    if told and not _CODE.fullmatch(told):
        vi, en = "Mã hồ sơ chỉ gồm chữ, số và các dấu . - / _", "A code has letters, digits and . - / _ only."
        raise InvalidInputError([FieldProblem("dossier", "pattern", vi, en)])
    return told or None


def doubts(text: str, *, text_rules: bool, seen: bool) -> list[str]:
    """Return the words that may be abbreviations, for triage.

    Raises:
        QuestionDoubtfulError: there are some, or numbers of somebody, and the asker was not told yet.

    Source: R-QNA-04
    """
    if seen:
        return _shortened(text, text_rules=text_rules)
    if problems := doubtful(text, text_rules=text_rules):
        raise QuestionDoubtfulError(problems)
    return []


def doubtful(text: str, *, text_rules: bool) -> list[FieldProblem]:
    """Return what an asker is asked to look at again: what may be abbreviations, what may be somebody's number."""
    rows = (
        (TextRule.ABBREVIATION.value, _SHORTENED, _shortened(text, text_rules=text_rules)),
        (TELLING, _TELLING, [one.text for one in found_in("text", text, ())]),
    )
    return [
        FieldProblem("text", rule, *(said.format(words=", ".join(found[:20])) for said in words))
        for rule, words, found in rows
        if found
    ]


def _shortened(text: str, *, text_rules: bool) -> list[str]:
    return [one.found for one in warnings(text, text_rules=text_rules)]


def _length(field: str, text: str, least: int, most: int) -> list[FieldProblem]:
    if len(text) < least:
        vi, en = (one.format(least=least) for one in _SHORT)
        return [FieldProblem(field, "too-short", vi, en)]
    if len(text) > most:
        vi, en = (one.format(found=len(text), most=most) for one in _LONG)
        return [FieldProblem(field, "too-long", vi, en)]
    return []


def _problems(field: str, found: Sequence[Finding]) -> list[FieldProblem]:
    return [FieldProblem(field, one.rule, one.vi, one.en) for one in found[:10]]
