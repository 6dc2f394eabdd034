"""The fields of a dossier as it leaves intake."""

import uuid
from datetime import datetime
from functools import cache
from typing import Any

from files.kinds import USUAL, picker, spoken
from files.refusals import Limits
from pydantic import BaseModel
from regulation.clock import Urgency

from intake.api.dossier_birth import EntryOut, SubmitterOut
from intake.api.passing_on_out import PassingOnOut
from intake.api.pickup_out import PickupItemOut
from intake.api.supplement_out import RequestOut


class FileOut(BaseModel):
    """A file of a component; a replaced one stays visible; `on_screen` says that a browser can show it."""

    id: uuid.UUID
    name: str
    size: int
    media_type: str
    on_screen: bool
    source: str
    scan: str
    round: int
    uploaded_at: datetime
    replaced: bool


class UploadLimitsOut(BaseModel):
    """How large files may be: one (MB), all of a dossier (MB), a picture (million pixels); which kinds are usual."""

    file_mb: int
    dossier_mb: int
    megapixels: int
    accepts: list[str] = picker(USUAL)
    kinds: list[str] = spoken(USUAL)

    @classmethod
    @cache
    def of(cls, limits: Limits) -> "UploadLimitsOut":
        """Return the limits in the units people know."""
        return cls(
            file_mb=limits.file_bytes // 1048576,
            dossier_mb=limits.dossier_bytes // 1048576,
            megapixels=limits.megapixels,
        )


class ComponentOut(BaseModel):
    """A component with what the desk found and its files; `accepts` is what a file picker offers for it."""

    id: str
    name: str
    required: bool
    filled_by_form: bool
    verdict: str | None
    note: str
    files: list[FileOut]
    accepts: list[str]
    kinds: list[str]


class TimelineRow(BaseModel):
    """One step of the history."""

    at: datetime
    action: str
    label: str
    by: str | None
    reason: str
    step_name: str | None
    paper: str


class DueRow(BaseModel):
    """One line of the explained due date; local times."""

    start: str
    end: str
    counted: bool
    text: str


class DueOut(BaseModel):
    """The explained due date."""

    due_at: datetime
    sentence: str
    rows: list[DueRow]


class DocumentOut(BaseModel):
    """A paper of the dossier; `state` is pending, ready or blocked, `successor` the code of what revoked it."""

    id: uuid.UUID
    kind: str
    name: str
    created_at: datetime
    signed: bool
    state: str
    verification_code: str | None
    problem: str | None
    revoked_at: datetime | None
    successor: str | None
    revocation_sentence: str


class ProcedureOut(BaseModel):
    """The procedure as pinned."""

    code: str
    version: int
    name: str
    field: str
    eform: dict[str, Any] | None


class AgenciesOut(BaseModel):
    """The organisations of a dossier and when each received it."""

    receiving_point: str
    receiving_point_name: str
    competent_agency: str
    competent_agency_name: str
    place_of_help: str | None
    received_at: datetime
    competent_received_at: datetime | None


class StepsOut(BaseModel):
    """The step the specialist unit is at."""

    no: int
    count: int
    name: str


class FlagsOut(BaseModel):
    """What the national index asks, lateness, a leader's part in a further supplement, and who has the dossier.

    `checking`: the desk checks it; `paused`: the clock waits for the applicant; `running`: there is no result yet.
    """

    verified_identity: bool
    digitised: bool
    reused: bool
    from_vault: bool
    paid_online: bool
    check_overdue: bool
    overdue: bool
    checking: bool
    paused: bool
    running: bool
    supplement_approved: bool
    supplement_needs_leader: bool


class TextOut(BaseModel):
    """One text in both languages."""

    vi: str
    en: str


class RowOut(BaseModel):
    """One line of an appointment as people read it."""

    label: TextOut
    text: TextOut


class ChargeOut(BaseModel):
    """The sum that is due, null where one of its lines is no number."""

    amount: int | None
    currency: str


class AppointmentOut(BaseModel):
    """What was promised beside the date: the lines to print, what to bring and what to pay."""

    rows: list[RowOut]
    papers: list[TextOut]
    fee: ChargeOut


class AlikeOut(BaseModel):
    """Another dossier about the same event; `same` names what agrees, for the desk to look and decide."""

    code: str
    state: str
    state_label: str
    submitted_at: datetime
    same: list[str]


class DossierRow(BaseModel):
    """A dossier in a list."""

    code: str
    version: int
    state: str
    state_label: str
    tone: str
    procedure_code: str
    procedure_name: str
    agency_name: str
    submitted_at: datetime
    due_at: datetime | None
    extended_until: datetime | None
    """The new date that was promised with an apology; `due_at` stays."""
    updated_at: datetime


class DossierOut(BaseModel):
    """A dossier, whole; `actions` names the sub-resources that would not be refused to the caller."""

    code: str
    actions: list[str]
    version: int
    state: str
    state_label: str
    tone: str
    procedure: ProcedureOut
    agencies: AgenciesOut
    channel: str
    entry: EntryOut | None
    case: str | None
    owner_id: str
    applicant_name: str
    applicant: dict[str, Any]
    submitter: SubmitterOut | None
    email: str | None
    phone: str | None
    answers: dict[str, Any]
    components: list[ComponentOut]
    upload_limits: UploadLimitsOut
    timeline: list[TimelineRow]
    due: DueOut | None
    extended_until: datetime | None
    submitted_at: datetime
    accepted_at: datetime | None
    check_due_at: datetime
    check_remaining_minutes: int | None
    check_urgency: Urgency
    forward_due_at: datetime | None
    forwarded_at: datetime | None
    appointment: AppointmentOut | None
    documents: list[DocumentOut]
    requests: list[RequestOut]
    supplement_draft: RequestOut | None
    """What the unit finds missing while it handles the dossier, as it would be asked for now."""
    result_channel: str
    result_channels: list[str]
    result_address: str | None
    steps: StepsOut | None
    unit: str | None
    returned_at: datetime | None
    return_way: str | None
    flags: FlagsOut
    pickup: list[PickupItemOut]
    """What is signed and compared when the result is fetched; for officers only."""
    alike: list[AlikeOut]
    passing_on: PassingOnOut | None
    """The way on, where it came to the wrong agency."""
    updated_at: datetime
