"""Whether the text of a question may be taken, and what triage has to look at."""

from collections.abc import Sequence
from typing import Final

from common.errors import FieldProblem, InvalidInputError
from regulation.text import Finding, TextRule, cleaned, cleaned_line, refusals, warnings

from qa.domain.errors import QuestionDoubtfulError

SHORTEST_TITLE: Final = 5
LONGEST_TITLE: Final = 200
SHORTEST_TEXT: Final = 20
LONGEST_TEXT: Final = 5_000
_SHORT: Final = ("Hãy viết ít nhất {least} ký tự.", "Write at least {least} characters.")
_LONG: Final = (
    "Nội dung dài {found} ký tự; mục này nhận tối đa {most}. Hãy rút gọn, phần chi tiết gửi kèm trong tệp.",
    "The text has {found} characters; at most {most} are taken. Shorten it and attach the details as a file.",
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


def doubts(text: str, *, text_rules: bool, seen: bool) -> list[str]:
    """Return the words that may be abbreviations, for triage.

    Raises:
        QuestionDoubtfulError: there are some and the asker was not told yet.

    Source: R-QNA-04
    """
    found = [one.found for one in warnings(text, text_rules=text_rules)]
    if found and not seen:
        raise QuestionDoubtfulError(field="text", rule=TextRule.ABBREVIATION, words=", ".join(found[:20]))
    return found


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
