"""What of a closed survey everybody may read: figures from which nobody's answer follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa.domain.rating import LEAST
from qa.domain.survey_form import ANSWERED, GRADES, PROVEN, QuestionKind, SurveyQuestion

NO_AGENCY = ""
MANY = 30
"""From how many answers on a total is told, though fewer than `LEAST` of them came with an account."""
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


def tellable(answered: Mapping[str, int], proven: Mapping[str, int]) -> frozenset[str]:
    """Return the agencies whose figures may be told, by how many answered at each, and how many with an account.

    At least `LEAST` with an account answered at each: whoever makes answers up and takes the own ones off again is
    left with those. What is left when they are taken from the total is nobody or again as many, else the smallest of
    them is kept back too. Who named no agency counts among what is left.

    Source: TN Đ.6.3; R-SAT-03
    """
    told = sorted(
        (code for code in answered if code and proven.get(code, 0) >= LEAST), key=lambda c: (proven[c], c)
    )
    left = sum(answered.values()) - sum(answered[code] for code in told)
    sure = sum(proven.values()) - sum(proven[code] for code in told)
    return frozenset(told[1:] if told and left and sure < LEAST else told)


def sheet_count(counts: Counts) -> int | None:
    """Return how many took part, nothing where they are too few to be told."""
    return _sheets(counts, ANSWERED)


def proven_count(counts: Counts) -> int | None:
    """Return how many took part with an account, nothing where they are too few to be told."""
    return _sheets(counts, PROVEN)


def _sheets(counts: Counts, kind: str) -> int | None:
    taken = sum(n for (_, question, value), n in counts.items() if (question, value) == (ANSWERED, kind))
    return taken if taken >= LEAST else None


def question_figures(
    questions: Sequence[SurveyQuestion], counts: Counts, *, accounts: bool = False
) -> list[QuestionFigure]:
    """Return the figures of every question, in the order of the survey; `accounts` says that all had to have one.

    Source: TN Đ.6.3; R-SAT-03
    """
    return [_figure(one, counts, ANSWERED if accounts else PROVEN) for one in questions]


def _figure(question: SurveyQuestion, counts: Counts, proof: str) -> QuestionFigure:
    by_agency: dict[str, dict[str, int]] = {}
    for (agency, name, value), n in counts.items():
        if name == question.name:
            by_agency.setdefault(agency, {})[value] = n
    answered = {agency: values.get(ANSWERED, 0) for agency, values in by_agency.items()}
    whole: dict[str, int] = {}
    for values in by_agency.values():
        for value, n in values.items():
            whole[value] = whole.get(value, 0) + n
    proven = {agency: values.get(proof, 0) for agency, values in by_agency.items()}
    told = tellable(answered, proven)
    shares = [
        _share(question, agency, by_agency[agency] if agency in told else {})
        for agency in sorted(by_agency)
        if agency != NO_AGENCY
    ]
    enough = whole.get(proof, 0) >= LEAST or whole.get(ANSWERED, 0) >= MANY
    total = _share(question, NO_AGENCY, whole if enough else {})
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
