"""The facts about surveys of how satisfied people are."""

from datetime import date
from typing import ClassVar

from common.events import Event


class SurveyIsDue(Event):
    """A province that asks regularly owes a survey this quarter; `overdue` once the quarter is over."""

    type: ClassVar[str] = "qa.survey_is_due.v1"

    first: date
    due_on: date
    overdue: bool
    tell: tuple[str, ...]
