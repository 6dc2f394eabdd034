"""The questions of a survey, and the e-form they make: the same language as the forms of procedures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from common.errors import FieldProblem, InvalidInputError
from eforms import Form, definition_problems, judge, read_form
from regulation.text import cleaned, cleaned_line

MOST_QUESTIONS, MOST_CHOICES = 40, 20
LONGEST_LABEL, LONGEST_CHOICE = 400, 200
FEWEST_CHOICES: Final = 2
GRADES: Final = ("1", "2", "3", "4", "5")
PAGE: Final = "survey"
ANSWERED: Final = ""
"""Stands for the value of whoever answered a question at all."""
PROVEN: Final = "account"
"""Stands for the value of whoever answered it with an account: a browser is a new person as often as it likes."""
Json = dict[str, Any]


class QuestionKind(StrEnum):
    """How a question is answered (kiểu câu hỏi)."""

    SINGLE = "single"
    SEVERAL = "several"
    SCALE = "scale"
    SHORT = "short"
    LONG = "long"

    def said(self, lang: str) -> str:
        """Return the kind in Vietnamese or English."""
        return _KINDS[self][lang == "en"]

    @property
    def written(self) -> bool:
        """Whether the answer is free text, which is never published."""
        return self in _LONGEST

    @property
    def listed(self) -> bool:
        """Whether an editor lists what can be chosen."""
        return self in (QuestionKind.SINGLE, QuestionKind.SEVERAL)


_KINDS: Final = {
    QuestionKind.SINGLE: ("Chọn một", "One choice"),
    QuestionKind.SEVERAL: ("Chọn nhiều", "Several choices"),
    QuestionKind.SCALE: ("Thang điểm 1–5", "Scale of 1 to 5"),
    QuestionKind.SHORT: ("Chữ, một dòng", "Text of one line"),
    QuestionKind.LONG: ("Chữ, nhiều dòng", "Longer text"),
}
_LONGEST: Final = {QuestionKind.SHORT: 200, QuestionKind.LONG: 2_000}
_WIDGETS: Final = {
    QuestionKind.SINGLE: "one_of",
    QuestionKind.SEVERAL: "many_of",
    QuestionKind.SCALE: "one_of",
    QuestionKind.SHORT: "text",
    QuestionKind.LONG: "long_text",
}
_ENDS: Final = {"1": ("1 – thấp nhất", "1 – lowest"), "5": ("5 – cao nhất", "5 – highest")}


@dataclass(frozen=True)
class SurveyQuestion:
    """One question of a survey (câu hỏi khảo sát), its choices in both languages."""

    name: str
    kind: QuestionKind
    vi: str
    en: str
    required: bool
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def options(self) -> list[Json]:
        """Return what can be chosen, as an e-form lists it; a choice is known by its place."""
        if self.kind is QuestionKind.SCALE:
            told = {grade: _ENDS.get(grade, (grade, grade)) for grade in GRADES}
            return [{"value": grade, "vi": vi, "en": en} for grade, (vi, en) in told.items()]
        return [
            {"value": str(place), "vi": vi, "en": en or vi}
            for place, (vi, en) in enumerate(self.choices, start=1)
        ]

    @property
    def kept(self) -> Json:
        """Return it as it is stored."""
        return {**vars(self), "choices": [list(one) for one in self.choices]}

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "SurveyQuestion":
        """Return a question that was stored."""
        choices = tuple((str(vi), str(en)) for vi, en in kept["choices"])
        return cls(**{**kept, "kind": QuestionKind(kept["kind"]), "choices": choices})


def tidy_questions(wished: Sequence[SurveyQuestion]) -> list[SurveyQuestion]:
    """Return questions as they are kept: words cleaned, each under a name of its own.

    Raises:
        InvalidInputError: a question has no words or too few choices, or there are too many.

    Source: TN Đ.6.3; QT Đ.7.6; R-SAT-02
    """
    names = _names(wished)
    found = [_tidy(one, name) for one, name in zip(wished, names, strict=True)]
    problems = [problem for one in found for problem in _problems(one)]
    if len(found) > MOST_QUESTIONS:
        vi, en = f"Tối đa {MOST_QUESTIONS} câu hỏi.", f"At most {MOST_QUESTIONS} questions."
        problems.append(FieldProblem("questions", "most", vi, en))
    if problems:
        raise InvalidInputError(problems)
    return found


def _names(wished: Sequence[SurveyQuestion]) -> list[str]:
    used = {one.name for one in wished if one.name}
    fresh = (name for name in (f"q{n}" for n in range(1, 10_000)) if name not in used)
    return [one.name or next(fresh) for one in wished]


def _tidy(one: SurveyQuestion, name: str) -> SurveyQuestion:
    choices = tuple((cleaned_line(vi), cleaned_line(en)) for vi, en in one.choices if cleaned_line(vi))
    return SurveyQuestion(
        name,
        one.kind,
        cleaned_line(one.vi),
        cleaned_line(one.en),
        one.required,
        choices if one.kind.listed else (),
    )


def _problems(one: SurveyQuestion) -> Iterator[FieldProblem]:
    if not one.vi:
        yield FieldProblem(
            "vi", "required", "Ghi câu hỏi bằng tiếng Việt.", "Write the question in Vietnamese."
        )
    if one.kind.listed and len(one.choices) < FEWEST_CHOICES:
        vi, en = "Ghi ít nhất hai lựa chọn, mỗi dòng một lựa chọn.", "Write at least two choices, one a line."
        yield FieldProblem("choices", "fewest", vi, en)
    if len({vi for vi, _ in one.choices}) < len(one.choices):
        yield FieldProblem("choices", "twice", "Có lựa chọn ghi hai lần.", "A choice stands there twice.")


def survey_definition(title: Mapping[str, str], questions: Sequence[SurveyQuestion]) -> Json:
    """Return the e-form that a survey's questions make. Source: R-SAT-02"""
    return {
        "data": {
            "type": "object",
            "additionalProperties": False,
            "properties": {one.name: _data(one) for one in questions},
            "required": [one.name for one in questions if one.required],
        },
        "pages": [
            {
                "id": PAGE,
                "title": _text(title["vi"], title["en"]),
                "fields": [_field(one) for one in questions],
            }
        ],
        "logic": [],
    }


def _data(one: SurveyQuestion) -> Json:
    values = [option["value"] for option in one.options]
    if one.kind.written:
        return {"type": "string", "maxLength": _LONGEST[one.kind]}
    item = {"type": "string", "enum": values}
    return {"type": "array", "items": item} if one.kind is QuestionKind.SEVERAL else item


def _field(one: SurveyQuestion) -> Json:
    asked = {"name": one.name, "widget": _WIDGETS[one.kind], "label": _text(one.vi, one.en)}
    return asked if one.kind.written else {**asked, "options": one.options}


def _text(vi: str, en: str) -> Json:
    return {"vi": vi, "en": en or vi}


def survey_form(title: Mapping[str, str], questions: Sequence[SurveyQuestion]) -> Form:
    """Return the same, ready to read answers."""
    return read_form(survey_definition(title, questions))


def expect_askable(title: Mapping[str, str], questions: Sequence[SurveyQuestion]) -> None:
    """Refuse a survey that asks nothing or whose e-form is not sound. Raises: InvalidInputError."""
    if not questions:
        vi, en = "Khảo sát chưa có câu hỏi nào.", "The survey asks nothing yet."
        raise InvalidInputError([FieldProblem("questions", "fewest", vi, en)])
    found = definition_problems(survey_definition(title, questions), set(), declared=False)
    if found:
        raise InvalidInputError([FieldProblem("questions", one.rule, one.vi, one.en) for one in found])


@dataclass(frozen=True)
class Sheet:
    """What one person answered, taken apart: what is counted, and the free texts; nothing holds it together again."""

    counted: tuple[tuple[str, str], ...]
    """Pairs of question and value; `ANSWERED` counts whoever answered the question."""
    texts: tuple[tuple[str, str], ...]


def read_sheet(
    title: Mapping[str, str], questions: Sequence[SurveyQuestion], typed: Mapping[str, Any], today: date
) -> Sheet:
    """Read what somebody answered. Raises: InvalidInputError, each question named.

    Source: R-SAT-02
    """
    settled, problems = judge(survey_form(title, questions), typed, today)
    if problems:
        raise InvalidInputError([FieldProblem(p.field, p.rule, p.vi, p.en) for p in problems])
    counted: list[tuple[str, str]] = []
    texts: list[tuple[str, str]] = []
    for one in questions:
        answer = settled.answers.get(one.name)
        if not answer:
            continue
        counted.append((one.name, ANSWERED))
        if one.kind.written:
            texts.append((one.name, cleaned(str(answer))))
        else:
            counted += [(one.name, value) for value in ([answer] if isinstance(answer, str) else answer)]
    return Sheet(tuple(counted), tuple(texts))
