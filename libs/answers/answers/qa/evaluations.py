"""Qa: its answers about evaluations."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import date, datetime

from answers.answer import Answer


class MeasureOut(Answer):
    """What an indicator is at an agency, and of how many cases."""

    count: int | None
    value: float | None


class EvaluatedAgencyOut(Answer):
    """What was measured of one agency, in the order of the indicators."""

    agency: str
    agency_name: str
    measures: tuple[MeasureOut, ...]


class IndicatorOut(Answer):
    """Something that is measured, with the article that asks for it."""

    key: str
    label: str
    source: str
    unit: str


class EvaluationOut(Answer):
    """An evaluation with its figures: of a closed one as they were kept."""

    agencies: tuple[EvaluatedAgencyOut, ...]
    closed_at: datetime | None
    conclusion: str
    cycle: str
    cycle_label: str
    first: date
    indicators: tuple[IndicatorOut, ...]
    last: date
    number: str
    open: bool
    state: str
    state_label: str
    version: int


class EvaluationRowOut(Answer):
    """An evaluation in a list."""

    closed_at: datetime | None
    cycle: str
    cycle_label: str
    first: date
    last: date
    number: str
    state: str
    state_label: str


class EvaluationRowOutPage(Answer):
    """One page of a list."""

    items: tuple[EvaluationRowOut, ...]
    next: str | None = None
    total: int
