"""Answers that are chosen: yes or no, one of, many of, one below another, an agency, a declaration."""

from collections.abc import Mapping
from typing import Any, Final

from regulation.codes import AgencyCode, UnreadableAgencyCodeError

from eforms.definition import Question
from eforms.kinds.base import WRONG_SHAPE, Kind, is_line, one_line, parts_of
from eforms.texts import AnswerRefusedError, Text

TRUE: Final = ("true", "yes", "on", "1", "có")
FALSE: Final = ("false", "no", "off", "0", "không")
LEVELS: Final = ("first", "second")
_NOT_LISTED: Final = Text(
    "Hãy chọn một mục có trong danh sách ở “{label}”.", "Choose one of the listed answers for “{label}”."
)
_CONFIRM: Final = Text("Hãy xác nhận “{label}”.", "Confirm “{label}”.")
_AGENCY: Final = Text(
    "“{label}” phải là mã cơ quan, ví dụ H42.15.", "“{label}” must be an agency code, such as H42.15."
)


def _yes_no(typed: Any, question: Question) -> bool:
    if isinstance(typed, bool):
        return typed
    word = one_line(typed).lower()
    if word not in TRUE + FALSE:
        raise AnswerRefusedError("type", WRONG_SHAPE)
    return word in TRUE


def _declaration(typed: Any, question: Question) -> bool:
    if _yes_no(typed, question) is not True:
        raise AnswerRefusedError("const", _CONFIRM)
    return True


def _one_of(typed: Any, question: Question) -> str:
    value = one_line(typed)
    if value not in question.values:
        raise AnswerRefusedError("enum", _NOT_LISTED)
    return value


def _many_of(typed: Any, question: Question) -> list[str]:
    chosen = {_one_of(value, question) for value in (typed if isinstance(typed, list | tuple) else [typed])}
    return [choice.value for choice in question.choices if choice.value in chosen]


def _two_level(typed: Any, question: Question) -> dict[str, str]:
    levels = parts_of(typed, LEVELS)
    first = question.chosen(levels["first"])
    if first is None:
        raise AnswerRefusedError("enum", _NOT_LISTED, "first")
    below = {choice.value for choice in first.choices}
    if levels["second"] not in (below or {""}):
        raise AnswerRefusedError("enum", _NOT_LISTED, "second")
    return {level: value for level, value in levels.items() if value}


def _agency(typed: Any, question: Question) -> str:
    try:
        return str(AgencyCode(one_line(typed).upper()))
    except UnreadableAgencyCodeError:
        raise AnswerRefusedError("agency", _AGENCY) from None


def _written_bool(value: Any, question: Question) -> str:
    return "true" if value is True else "false" if value is False else str(value)


def _told_bool(value: Any, question: Question, lang: str) -> str:
    return {"vi": "Có", "en": "Yes"}[lang] if value is True else {"vi": "Không", "en": "No"}[lang]


def _told_choice(value: Any, question: Question, lang: str) -> str:
    choice = question.chosen(str(value))
    return choice.label.told(lang) if choice else str(value)


def _told_choices(value: Any, question: Question, lang: str) -> str:
    return "; ".join(_told_choice(one, question, lang) for one in value)


def _told_levels(value: Any, question: Question, lang: str) -> str:
    first = question.chosen(value["first"])
    second = next((one for one in first.choices if one.value == value.get("second")), None) if first else None
    return " – ".join(choice.label.told(lang) for choice in (first, second) if choice)


def _written_levels(value: Any, question: Question) -> dict[str, str]:
    return {level: str(value.get(level, "")) for level in LEVELS} if isinstance(value, Mapping) else {}


YES_NO: Final = Kind(
    read=_yes_no,
    write=_written_bool,
    tell=_told_bool,
    data=("boolean",),
    rules=("type",),
    stored=lambda value, question: isinstance(value, bool),
)
DECLARATION: Final = Kind(
    read=_declaration,
    write=_written_bool,
    tell=_told_bool,
    data=("boolean",),
    rules=("const",),
    stored=lambda value, question: value is True,
)
ONE_OF: Final = Kind(
    read=_one_of,
    tell=_told_choice,
    rules=("enum",),
    stored=lambda value, question: is_line(value) and value in question.values,
)
MANY_OF: Final = Kind(
    read=_many_of,
    write=lambda value, question: list(value) if isinstance(value, list | tuple) else [str(value)],
    tell=_told_choices,
    data=("array",),
    rules=("enum", "minItems", "maxItems"),
    many=True,
)
TWO_LEVEL: Final = Kind(
    read=_two_level,
    write=_written_levels,
    tell=_told_levels,
    parts=LEVELS,
    data=("object",),
    rules=("enum",),
)
AGENCY: Final = Kind(read=_agency, rules=("agency",))
