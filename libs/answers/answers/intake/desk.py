"""Intake: its answers about desk."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from collections.abc import Mapping
from datetime import datetime

from answers.answer import Answer
from answers.intake.parts import DueOut


class ApplicantOut(Answer):
    """Whose a dossier is."""

    applicant_name: str
    code: str


class ChoiceOut(Answer):
    """Something a list can be narrowed to, by its code, in words."""

    id: str
    name: str


class SavedViewOut(Answer):
    """A view an officer keeps."""

    chosen: Mapping[str, str]
    columns: tuple[str, ...]
    id: str
    list: str
    name: str


class ChoicesOut(Answer):
    """What the desk's lists can be narrowed to, in the caller's language."""

    channels: tuple[ChoiceOut, ...]
    officers: tuple[ChoiceOut, ...]
    procedures: tuple[ChoiceOut, ...]
    states: tuple[ChoiceOut, ...]
    views: tuple[SavedViewOut, ...]


class LateOfficerOut(Answer):
    """How many checks an officer decided late; no officer for those still undecided."""

    count: int
    officer_id: str | None


class DeskCountsOut(Answer):
    """The desk at a glance, by state and by list."""

    cap: int
    capped: tuple[str, ...]
    due_soon: int
    late_checks: tuple[LateOfficerOut, ...]
    lists: Mapping[str, int]
    overdue: int
    states: Mapping[str, int]


class LateRow(Answer):
    """A late entry that waits for a second person."""

    applicant_name: str
    code: str
    form_number: str
    received_at: datetime
    version: int
    written_at: datetime


class OutageOut(Answer):
    """A declared outage."""

    began_at: datetime | None
    ended_at: datetime | None
    number: str


class LateEntriesOut(Answer):
    """The outages to choose from, and what waits; `allowed` is false where the regulation provides for …"""

    allowed: bool
    items: tuple[LateRow, ...]
    outages: tuple[OutageOut, ...]


class MalwareReportOut(Answer):
    """An infected upload."""

    agency: str
    dossier_code: str | None
    file_name: str
    found_at: datetime
    sha256: str
    signature: str
    uploaded_by: str


class ObstacleOut(Answer):
    """One thing that stands in the way, with its stable code."""

    code: str
    message: str


class OutlookOut(Answer):
    """What accepting now would promise, in the caller's language; `due` is null where no date follows."""

    due: DueOut | None
    limit: str
    obstacles: tuple[ObstacleOut, ...]


class MalwareReportOutPage(Answer):
    """One page of a list."""

    items: tuple[MalwareReportOut, ...]
    next: str | None = None
    total: int


class QueueRow(Answer):
    """A dossier in the queue; `remaining_minutes` is working time, negative when over."""

    applicant_name: str
    channel: str
    check_due_at: datetime
    check_overdue: bool
    code: str
    competent_agency: str
    due_at: datetime | None
    next_due_at: datetime
    officer: str | None
    overdue: bool
    paused: bool
    procedure_code: str
    procedure_name: str
    receiving_point: str
    remaining_minutes: int | None
    state: str
    state_label: str
    step_name: str | None
    submitted_at: datetime
    supplement_count: int
    tone: str
    unit: str | None
    urgency: str
    version: int


class QueuePageOut(Answer):
    """A page of the queue; `capped` says that `total` stopped counting, in a search that there is more."""

    capped: bool
    items: tuple[QueueRow, ...]
    next: str | None = None
    total: int
