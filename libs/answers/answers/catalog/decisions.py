"""Catalog: its answers about decisions."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import date, datetime

from answers.answer import Answer


class DecisionItemOut(Answer):
    """A procedure of the decision and who is responsible for it."""

    agency: str
    agency_name: str
    deed: str
    deed_label: str
    name: str
    procedure: str


class DecisionOut(Answer):
    """A registered decision."""

    effective_on: date
    id: str
    items: tuple[DecisionItemOut, ...]
    number: str
    registered_at: datetime
    signed_on: date


class DecisionList(Answer):
    """A page of the decisions, the newest first."""

    items: tuple[DecisionOut, ...]
    total: int
