"""Intake: its answers about requests."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import date, datetime

from answers.answer import Answer


class WantedOut(Answer):
    """One thing asked for, by name."""

    component: str | None
    name: str
    note: str


class OpenRequestOut(Answer):
    """An open request with its last day."""

    agency_name: str
    answer_by_on: date
    code: str
    guidance: str
    items: tuple[WantedOut, ...]
    kind: str
    number: int
    overdue: bool
    procedure_name: str
    reason: str
    requested_at: datetime


class OpenRequestListOut(Answer):
    """All open requests of the caller, the most urgent first."""

    items: tuple[OpenRequestOut, ...]
    total: int
