"""What of a closed survey everybody may read: figures from which nobody's answer follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa.domain.rating import LEAST
from qa.domain.survey_form import ANSWERED, GRADES, QuestionKind, SurveyQuestion

NO_AGENCY = ""
Counts = Mapping[tuple[str, str, str], int]
"""How many answered, by agency, question and value; the question `ANSWERED` counts whole sheets."""


@dataclass(frozen=True)
class Share:
    """How a question was answered by all or at one agency; nothing where it would say who."""

    agency: str
    answered: int | None
    values: Mapping[str, int]
    mean: float | None


@dataclass(frozen=True)
class QuestionFigure:
    """The figures of one question: of all, then of each agency."""

    question: SurveyQuestion
    total: Share
    agencies: tuple[Share, ...]


def tellable(answered: Mapping[str, int]) -> frozenset[str]:
    """Return the agencies whose figures may be told, by how many answered at each.

    At least `LEAST` answered at each; and what is left when they are taken from the total is nobody or again at least
    `LEAST`, else the smallest of them is kept back too. Who named no agency counts among what is left.

    Source: TN Đ.6.3; R-SAT-03
    """
    told = sorted(
        (code for code, n in answered.items() if code and n >= LEAST), key=lambda c: (answered[c], c)
    )
    left = sum(answered.values()) - sum(answered[code] for code in told)
    return frozenset(told[1:] if told and 0 < left < LEAST else told)


def sheet_count(counts: Counts) -> int | None:
    """Return how many took part, nothing where they are too few to be told."""
    taken = sum(n for (_, question, _), n in counts.items() if question == ANSWERED)
    return taken if taken >= LEAST else None


def question_figures(questions: Sequence[SurveyQuestion], counts: Counts) -> list[QuestionFigure]:
    """Return the figures of every question, in the order of the survey. Source: TN Đ.6.3; R-SAT-03"""
    return [_figure(one, counts) for one in questions]


def _figure(question: SurveyQuestion, counts: Counts) -> QuestionFigure:
    by_agency: dict[str, dict[str, int]] = {}
    for (agency, name, value), n in counts.items():
        if name == question.name:
            by_agency.setdefault(agency, {})[value] = n
    answered = {agency: values.get(ANSWERED, 0) for agency, values in by_agency.items()}
    whole: dict[str, int] = {}
    for values in by_agency.values():
        for value, n in values.items():
            whole[value] = whole.get(value, 0) + n
    told = tellable(answered)
    shares = [
        _share(question, agency, by_agency[agency] if agency in told else {})
        for agency in sorted(by_agency)
        if agency != NO_AGENCY
    ]
    total = _share(question, NO_AGENCY, whole if whole.get(ANSWERED, 0) >= LEAST else {})
    return QuestionFigure(question, total, tuple(shares))


def _share(question: SurveyQuestion, agency: str, values: Mapping[str, int]) -> Share:
    answered = values.get(ANSWERED)
    if not answered:
        return Share(agency, None, {}, None)
    told = {option["value"]: values.get(option["value"], 0) for option in question.options}
    return Share(agency, answered, {} if question.kind.written else told, _mean(question, told, answered))


def _mean(question: SurveyQuestion, told: Mapping[str, int], answered: int) -> float | None:
    if question.kind is not QuestionKind.SCALE:
        return None
    return round(sum(int(grade) * told[grade] for grade in GRADES) / answered, 1)
