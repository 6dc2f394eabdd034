"""Processing: its answers about dossiers."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from collections.abc import Mapping
from datetime import datetime

from answers.answer import Answer
from answers.processing.parts import OfficerOut


class ChoiceOut(Answer):
    """Something a list can be narrowed to, by its code, in words."""

    id: str
    name: str


class DossierRowOut(Answer):
    """A dossier as a line of a work list."""

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
    procedure_code: str
    procedure_name: str
    remaining_minutes: int
    revoking: bool
    sent_back: bool
    state: str
    step_due_at: datetime
    step_name: str
    unit: str
    urgency: str
    version: int


class WorkChoicesOut(Answer):
    """What the work lists can be narrowed to, in the caller's language."""

    channels: tuple[ChoiceOut, ...]
    officers: tuple[OfficerOut, ...]
    procedures: tuple[ChoiceOut, ...]
    states: tuple[ChoiceOut, ...]


class WorkCountsOut(Answer):
    """How many dossiers stand in each work list; counting stops at `cap`, `capped` names where there may …"""

    cap: int
    capped: tuple[str, ...]
    lists: Mapping[str, int]


class WorkPageOut(Answer):
    """A page of a work list; `capped` says that `total` stopped counting, in a search that there is more."""

    capped: bool
    items: tuple[DossierRowOut, ...]
    next: str | None = None
    total: int
