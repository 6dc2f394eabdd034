"""Stats: its answers about overdue."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import date, datetime

from answers.answer import Answer


class InstructionOut(Answer):
    """What was instructed about the list of some days."""

    first: date
    given_by: str
    id: str
    last: date
    overdue_count: int
    received_on: date
    recorded_at: datetime
    reported_on: date
    words: str


class OverdueCountOut(Answer):
    """How many an agency has."""

    agency: str
    agency_name: str
    count: int


class OverdueRowOut(Answer):
    """A dossier that was overdue on one of the days."""

    agency: str
    agency_name: str
    closed_at: datetime | None
    code: str
    days_late: int
    due_at: datetime
    field_name: str
    procedure_code: str
    received_at: datetime


class OverdueOut(Answer):
    """The overdue dossiers of some days in the caller's sight, by agency and one by one, and the …"""

    agencies: tuple[OverdueCountOut, ...]
    as_of: datetime
    first: date
    instructions: tuple[InstructionOut, ...]
    items: tuple[OverdueRowOut, ...]
    last: date
    total: int
