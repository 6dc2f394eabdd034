"""Repeating groups: several rows of the same questions, such as the members of a household."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from eforms.definition import Question
from eforms.kinds.base import WRONG_SHAPE, Kind
from eforms.texts import AnswerRefusedError, Text

KindOf = Callable[[str], Kind]
_TOO_MANY: Final = Text("“{label}” chỉ có tối đa {most} dòng.", "“{label}” has at most {most} rows.")
_REQUIRED: Final = Text("Hãy trả lời mục “{child}” của “{label}”.", "Answer “{child}” of “{label}”.")


def group_kind(kind_of: KindOf) -> Kind:
    """Return the kind of a repeating group whose questions are of the given kinds."""

    def read(typed: Any, question: Question) -> list[dict[str, Any]]:
        rows = _rows(typed, question)
        return [_row(row, question, str(place), kind_of) for place, row in enumerate(rows)]

    def write(value: Any, question: Question) -> list[dict[str, Any]]:
        return [
            {
                child.name: kind_of(child.widget).write(row[child.name], child)
                for child in question.children
                if child.name in row
            }
            for row in value
        ]

    def tell(value: Any, question: Question, lang: str) -> str:
        return "; ".join(_told(row, question, lang, kind_of) for row in value)

    def check(value: Any, question: Question, today: date) -> None:
        for place, row in enumerate(value):
            _check_row(row, question, str(place), kind_of, today)

    rules = ("most", "required")
    return Kind(read=read, write=write, tell=tell, data=("array",), rules=rules, check=check)


def _rows(typed: Any, question: Question) -> list[Mapping[str, Any]]:
    """Return the rows that are filled. Raises: AnswerRefusedError (type, most)."""
    if not isinstance(typed, list) or not all(isinstance(row, Mapping) for row in typed):
        raise AnswerRefusedError("type", WRONG_SHAPE)
    filled = [row for row in typed if any(value not in ("", None, [], {}) for value in row.values())]
    if len(filled) > question.most:
        raise AnswerRefusedError("most", _TOO_MANY.filled(most=question.most))
    return filled


def _row(row: Mapping[str, Any], question: Question, place: str, kind_of: KindOf) -> dict[str, Any]:
    if set(row) - {child.name for child in question.children}:
        raise AnswerRefusedError("type", WRONG_SHAPE, place)
    answers: dict[str, Any] = {}
    for child in question.children:
        typed = row.get(child.name)
        if typed in ("", None, [], {}):
            if child.required:
                raise AnswerRefusedError("required", _REQUIRED.filled(child=child.label), place, child.name)
            continue
        try:
            answers[child.name] = kind_of(child.widget).read(typed, child)
        except AnswerRefusedError as refused:
            raise _in_row(refused, child, place) from None
    return answers


def _in_row(refused: AnswerRefusedError, child: Question, place: str) -> AnswerRefusedError:
    """Tell a refusal with the row, the question, and the form's own words for it where there are some."""
    said = child.errors.get(refused.rule, refused.text).filled(label=child.label)
    return AnswerRefusedError(refused.rule, said, place, child.name, *refused.path)


def _check_row(row: Mapping[str, Any], question: Question, place: str, kind_of: KindOf, today: date) -> None:
    """Judge each answer of a row as one outside is judged. Raises: AnswerRefusedError."""
    for child in question.children:
        check = kind_of(child.widget).check
        if check is None or child.name not in row:
            continue
        try:
            check(row[child.name], child, today)
        except AnswerRefusedError as refused:
            raise _in_row(refused, child, place) from None


def _told(row: Mapping[str, Any], question: Question, lang: str, kind_of: KindOf) -> str:
    told = (
        f"{child.label.told(lang)}: {kind_of(child.widget).tell(row[child.name], child, lang)}"
        for child in question.children
        if child.name in row
    )
    return ", ".join(told)
