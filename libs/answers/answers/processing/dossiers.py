"""Processing: its answers about dossiers."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import datetime

from answers.answer import Answer
from answers.processing.shared import OfficerOut


class DossierRowOut(Answer):
    """A dossier as a line of a work list."""

    accepted_at: datetime
    agency: str
    channel: str
    closed_at: datetime | None
    code: str
    due_at: datetime
    officer: OfficerOut | None
    overdue: bool
    procedure_code: str
    procedure_name: str
    remaining_minutes: int
    sent_back: bool
    state: str
    step_due_at: datetime
    step_name: str
    unit: str
    urgency: str
    version: int


class DossierRowOutPage(Answer):
    """One page of a list."""

    items: tuple[DossierRowOut, ...]
    next: str | None = None
    total: int
