"""Intake: its answers about dossiers."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import datetime

from answers.answer import Answer


class DeedRow(Answer):
    """One thing that was done to a dossier."""

    at: datetime
    label: str


class ChangedDossierOut(Answer):
    """A dossier that changed: where it stands now, and what was done, the newest first."""

    changes: tuple[DeedRow, ...]
    code: str
    procedure_name: str
    state_label: str
    tone: str


class ChangesOut(Answer):
    """The own dossiers that changed, the one that changed last first."""

    items: tuple[ChangedDossierOut, ...]


class DossierRow(Answer):
    """A dossier in a list."""

    agency_name: str
    code: str
    due_at: datetime | None
    extended_until: datetime | None
    procedure_code: str
    procedure_name: str
    state: str
    state_label: str
    submitted_at: datetime
    tone: str
    updated_at: datetime
    version: int


class JoinedOut(Answer):
    """How many dossiers are the caller's since."""

    joined_count: int


class LookOut(Answer):
    """What an officer opened within an hour and how often; `officer` is unknown until identity told of …"""

    agency_name: str | None
    code: str
    count: int
    first_at: datetime
    ground: str
    ground_label: str
    last_at: datetime
    officer: str | None
    part: str
    part_label: str
    role_label: str
    unit: str | None


class DossierRowPage(Answer):
    """One page of a list."""

    items: tuple[DossierRow, ...]
    next: str | None = None
    total: int


class LookOutPage(Answer):
    """One page of a list."""

    items: tuple[LookOut, ...]
    next: str | None = None
    total: int


class PassedOnOut(Answer):
    """The draft at the competent agency."""

    agency: str
    draft_id: str


class SubmittedOut(Answer):
    """The answer to a submission."""

    agency: str
    check_due_at: str
    code: str
    confirmation_url: str
    next_steps: tuple[str, ...]
    submitted_at: str
