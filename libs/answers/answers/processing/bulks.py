"""Processing: its answers about bulks."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import datetime

from answers.answer import Answer
from answers.processing.parts import OfficerOut, ProposalOut


class BulkItemOut(Answer):
    """One dossier of an order, what became of it, and in words why not."""

    code: str
    refusal: str | None
    refusal_code: str | None
    settled_at: datetime | None
    state: str


class BulkOut(Answer):
    """An order with each of its dossiers, as they were chosen."""

    deed: str
    done: int
    finished_at: datetime | None
    id: str
    items: tuple[BulkItemOut, ...]
    refused: int
    started_at: datetime
    total: int
    waiting: int


class BulkRowOut(Answer):
    """An order for many dossiers: how many are done, refused and still waiting."""

    deed: str
    done: int
    finished_at: datetime | None
    id: str
    refused: int
    started_at: datetime
    total: int
    waiting: int


class ChosenOut(Answer):
    """A chosen dossier, whether the deed is possible now, and what would be signed."""

    accepted_at: datetime
    agency: str
    channel: str
    closed_at: datetime | None
    code: str
    consulting: int
    due_at: datetime
    extended_until: datetime | None
    extending: bool
    officer: OfficerOut | None
    overdue: bool
    paused_at: datetime | None
    possible: bool
    procedure_code: str
    procedure_name: str
    proposal: ProposalOut | None
    remaining_minutes: int
    revoking: bool
    sent_back: bool
    state: str
    step_due_at: datetime
    step_name: str
    template_title: str
    unit: str
    urgency: str
    version: int


class ChosenPageOut(Answer):
    """What was chosen, as far as the caller may read it."""

    items: tuple[ChosenOut, ...]
