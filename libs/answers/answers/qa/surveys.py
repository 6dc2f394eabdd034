"""Qa: its answers about surveys."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from collections.abc import Mapping
from datetime import date
from typing import Any

from answers.answer import Answer


class AnswerValueOut(Answer):
    """One thing that could be chosen."""

    label: str
    value: str


class SurveyChoice(Answer):
    """One thing to choose."""

    en: str = ""
    vi: str


class BuiltQuestionOut(Answer):
    """A question with what its kind is called."""

    choices: tuple[SurveyChoice, ...] = ()
    en: str = ""
    kind: str
    kind_label: str
    name: str = ""
    required: bool = False
    vi: str


class BuiltSurveyOut(Answer):
    """A survey for who builds it; `taken` is told once it is closed."""

    actions: tuple[str, ...]
    audience: str
    audience_label: str
    by_agency: bool
    closes_on: date | None
    form: Mapping[str, Any]
    introduction: str
    introduction_en: str
    kind: str
    kind_label: str
    number: str
    open: bool
    opens_on: date | None
    questions: tuple[BuiltQuestionOut, ...]
    results: bool
    state: str
    state_label: str
    taken: int | None
    title: str
    title_en: str
    version: int


class SurveyRowOut(Answer):
    """A survey in a list; `results` says that its results are published."""

    audience: str
    audience_label: str
    closes_on: date | None
    kind: str
    kind_label: str
    number: str
    opens_on: date | None
    results: bool
    state: str
    state_label: str
    title: str
    title_en: str


class SurveyRowOutPage(Answer):
    """One page of a list."""

    items: tuple[SurveyRowOut, ...]
    next: str | None = None
    total: int


class ShareOut(Answer):
    """How a question was answered by all, or at one agency; nothing where too few did."""

    agency: str
    agency_name: str
    answered: int | None
    mean: float | None
    values: Mapping[str, int]


class QuestionFigureOut(Answer):
    """The figures of one question; free texts are not published, only how many wrote one."""

    agencies: tuple[ShareOut, ...]
    kind: str
    label: str
    label_en: str
    name: str
    options: tuple[AnswerValueOut, ...]
    total: ShareOut


class ResultsOut(Answer):
    """The results of a closed survey; `least` says how many there must be for a figure to be told."""

    audience: str
    audience_label: str
    closes_on: date | None
    kind: str
    kind_label: str
    least: int
    number: str
    opens_on: date | None
    questions: tuple[QuestionFigureOut, ...]
    results: bool
    state: str
    state_label: str
    taken: int | None
    title: str
    title_en: str
    with_account: int | None


class SurveyOut(Answer):
    """A survey to answer: what it is about and its e-form; `open` says whether it takes answers today."""

    audience: str
    audience_label: str
    by_agency: bool
    closes_on: date | None
    form: Mapping[str, Any]
    introduction: str
    introduction_en: str
    kind: str
    kind_label: str
    number: str
    open: bool
    opens_on: date | None
    results: bool
    state: str
    state_label: str
    title: str
    title_en: str


class SurveyTextsOut(Answer):
    """A page of the free texts of one question, in an order that says nothing."""

    label: str
    next: str | None
    question: str
    texts: tuple[str, ...]
    total: int
