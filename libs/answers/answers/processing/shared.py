"""Processing: what several kinds of question are answered with."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from answers.answer import Answer
from answers.processing.parts import (
    AssignmentOut,
    ConsultationOut,
    DocumentOut,
    ExtensionOut,
    OfficerOut,
    ProcessOut,
    ProposalOut,
    RevocationOut,
    StepOut,
    StepRecordOut,
    SupplementOut,
)


class DossierOut(Answer):
    """A dossier with its process, history, draft and the caller's possible actions."""

    absent_until: date | None
    accepted_at: datetime
    actions: tuple[str, ...]
    agency: str
    agency_ended_on: date | None
    answer_by_on: date | None
    assignments: tuple[AssignmentOut, ...]
    channel: str
    closed_at: datetime | None
    code: str
    consultations: tuple[ConsultationOut, ...]
    consulting: int
    decision_number: str | None
    document: DocumentOut | None
    due_at: datetime
    extended_until: datetime | None
    extending: bool
    extension_until_on: date | None
    extensions: tuple[ExtensionOut, ...]
    history: tuple[StepRecordOut, ...]
    officer: OfficerOut | None
    opened_at: datetime
    overdue: bool
    overdue_at: datetime | None
    paused_at: datetime | None
    procedure_code: str
    procedure_name: str
    procedure_version: int
    process: ProcessOut
    proposal: ProposalOut | None
    received_at: datetime | None
    received_by: OfficerOut | None
    receiving_point: str
    remaining_minutes: int
    result_actions: tuple[str, ...]
    result_form: Mapping[str, Any]
    revocations: tuple[RevocationOut, ...]
    revoking: bool
    sent_back: bool
    sent_back_remarks: str | None
    signer: str | None
    state: str
    step: StepOut
    step_due_at: datetime
    step_name: str
    submitted_at: datetime
    supplements: tuple[SupplementOut, ...]
    template: str
    template_title: str
    unit: str
    urgency: str
    verification_code: str | None
    version: int
