"""What goes from one instance to another: the whole work on a dossier, number series, receipts."""

import uuid
from datetime import date, datetime
from typing import Any, ClassVar

from common.events import Event
from pydantic import BaseModel

from processing.events.absences import AbsenceHeld
from processing.events.dossiers import DocumentRef


class StepDone(BaseModel, frozen=True):
    """A step of a dossier as it was done, with the ledger of its own due time."""

    id: uuid.UUID
    step_id: str
    name: str
    name_en: str
    kind: str
    unit: str
    role: str
    started_at: datetime
    due_at: datetime
    ledger: dict[str, Any]
    ended_at: datetime | None
    action: str | None
    actor_id: str | None
    remarks: str | None
    passed_over: int = 0


class ResultDecision(BaseModel, frozen=True):
    """What was proposed or decided about an issued result."""

    number: int
    revokes: str
    content: dict[str, Any] | None
    ground: str
    legal_basis: str
    proposed_by: str
    proposed_at: datetime
    decision_number: str | None
    verification_code: str | None
    document: DocumentRef | None
    signer: str | None
    decided_by: str | None
    decided_at: datetime | None
    sent_back_by: str | None
    sent_back_at: datetime | None
    sent_back_remarks: str | None


class ConsultationHeld(BaseModel, frozen=True):
    """An opinion that was asked for, and what became of it."""

    id: uuid.UUID
    number: int
    agency: str
    unit: str | None
    question: str
    asked_by: str
    asked_at: datetime
    due_at: datetime
    soon_at: datetime
    ledger: dict[str, Any]
    reminded_at: datetime | None
    lapsed_at: datetime | None
    answer: str | None
    answered_by: str | None
    answered_at: datetime | None
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None
    withdrawn_reason: str | None = None


class NewDate(BaseModel, frozen=True):
    """A new date that was proposed, and what became of it."""

    number: int
    previous_due_at: datetime
    until: datetime
    reason: str
    proposed_by: str
    proposed_at: datetime
    letter_number: str | None
    document: DocumentRef | None
    slip: DocumentRef | None
    signer: str | None
    decided_by: str | None
    decided_at: datetime | None
    sent_back_by: str | None
    sent_back_at: datetime | None
    sent_back_remarks: str | None


class SupplementHeld(BaseModel, frozen=True):
    """What was found missing, and what became of it."""

    number: int
    reason: str
    guidance: str
    items: list[dict[str, str]]
    free_items: list[dict[str, str]]
    drafted_by: str
    drafted_at: datetime
    requested_at: datetime | None
    supplied_at: datetime | None


class HandsChanged(BaseModel, frozen=True):
    """Who got the dossier, from whom, by which rule and why."""

    number: int
    way: str
    from_officer: str | None
    officer_id: str
    assigned_by: str
    assigned_at: datetime
    reason: str | None
    passed_over: int


class Handling(BaseModel, frozen=True):
    """The whole work on a dossier: where it stands, what is proposed, which number is reserved, what was done."""

    code: str
    version: int
    agency: str
    receiving_point: str
    unit: str
    officer_id: str | None
    state: str
    procedure_code: str
    procedure_version: int
    procedure_name: str
    channel: str
    facts: dict[str, Any]
    submitted_at: datetime
    accepted_at: datetime
    opened_at: datetime
    due_at: datetime
    soon_at: datetime
    step_id: str
    step_kind: str
    step_role: str
    step_name: str
    step_due_at: datetime
    template: str
    outcome: str | None
    content: dict[str, str] | None
    reasons: str | None
    legal_basis: str | None
    proposed_by: str | None
    proposed_at: datetime | None
    approved_by: str | None
    approved_at: datetime | None
    sent_back_at: datetime | None
    sent_back_remarks: str | None
    decision_serial: int | None
    decision_year: int | None
    decision_number: str | None
    verification_code: str | None
    document: DocumentRef | None
    signer: str | None
    closed_at: datetime | None
    reminded_at: datetime | None
    overdue_at: datetime | None
    received_by: str | None
    received_at: datetime | None
    revocation_count: int
    revoking: bool
    consulting: int = 0
    extending: bool = False
    extended_until: datetime | None = None
    paused_at: datetime | None = None
    answer_by_on: date | None = None
    steps: list[StepDone]
    decisions: list[ResultDecision]
    consultations: list[ConsultationHeld] = []
    extensions: list[NewDate] = []
    assignments: list[HandsChanged] = []
    supplements: list[SupplementHeld] = []


class Series(BaseModel, frozen=True):
    """The last number given to a document of an agency in a year."""

    agency: str
    year: int
    last: int


class AgencyHandedOver(Event):
    """From the instant `at` on, the instance `to` settles what `agency` and those below it are competent for.

    `to` is the code of an agency with an instance of its own, empty for the province's. Number series go along,
    and who is away.
    """

    type: ClassVar[str] = "processing.agency_handed_over.v1"
    to: str
    at: datetime
    series: list[Series]
    absences: tuple[AbsenceHeld, ...] = ()


class DossierHandedOver(Event):
    """A dossier goes to the instance `to` with everything that was done; told by the instance that had it."""

    type: ClassVar[str] = "processing.dossier_handed_over.v1"
    to: str
    handling: Handling


class DossiersTakenOver(Event):
    """The instance `by` has these dossiers now; what was taken over at one go is the aggregate."""

    type: ClassVar[str] = "processing.dossiers_taken_over.v1"
    by: str
    codes: list[str]
