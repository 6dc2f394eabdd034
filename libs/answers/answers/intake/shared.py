"""Intake: what several kinds of question are answered with."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from answers.answer import Answer
from answers.intake.parts import (
    AgenciesOut,
    AlikeOut,
    AppointmentOut,
    ComponentOut,
    DocumentOut,
    DueOut,
    EntryOut,
    FlagsOut,
    PassingOnOut,
    PickupItemOut,
    ProcedureOut,
    RequestOut,
    StepsOut,
    SubmitterOut,
    TimelineRow,
    UploadLimitsOut,
)


class AttachmentOut(Answer):
    """An attached file; `scan` is clean, not_scanned, pending or infected."""

    component: str
    id: str
    media_type: str
    name: str
    scan: str
    size: int
    source: str
    uploaded_at: datetime


class DossierOut(Answer):
    """A dossier, whole; `actions` names the sub-resources that would not be refused to the caller."""

    accepted_at: datetime | None
    actions: tuple[str, ...]
    agencies: AgenciesOut
    alike: tuple[AlikeOut, ...]
    answers: Mapping[str, Any]
    applicant: Mapping[str, Any]
    applicant_name: str
    appointment: AppointmentOut | None
    case: str | None
    channel: str
    check_due_at: datetime
    check_remaining_minutes: int | None
    check_urgency: str
    code: str
    components: tuple[ComponentOut, ...]
    documents: tuple[DocumentOut, ...]
    due: DueOut | None
    email: str | None
    entry: EntryOut | None
    extended_until: datetime | None
    flags: FlagsOut
    forward_due_at: datetime | None
    forwarded_at: datetime | None
    owner_id: str
    passing_on: PassingOnOut | None
    phone: str | None
    pickup: tuple[PickupItemOut, ...]
    procedure: ProcedureOut
    requests: tuple[RequestOut, ...]
    result_address: str | None
    result_channel: str
    result_channels: tuple[str, ...]
    return_way: str | None
    returned_at: datetime | None
    state: str
    state_label: str
    steps: StepsOut | None
    submitted_at: datetime
    submitter: SubmitterOut | None
    supplement_draft: RequestOut | None
    timeline: tuple[TimelineRow, ...]
    tone: str
    unit: str | None
    updated_at: datetime
    upload_limits: UploadLimitsOut
    version: int
