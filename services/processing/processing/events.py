"""The facts processing announces about a dossier; each carries its newest state."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

from common.events import Event
from pydantic import BaseModel
from regulation.roles import Ground, Part, Role


class DocumentRef(BaseModel, frozen=True):
    """A signed document in the shared file store."""

    sha256: str
    size: int
    name: str
    media_type: str


class DossierEvent(Event):
    """What every event about a dossier in processing says."""

    code: str
    state: str
    step_no: int
    step_count: int
    step_name: str
    step_name_en: str
    unit: str
    officer_id: str | None


class DossierOpened(DossierEvent):
    """The competent agency has the dossier and its handling clock runs."""

    type: ClassVar[str] = "processing.dossier_opened.v1"


class DossierAssigned(DossierEvent):
    """An officer handles the dossier from now on."""

    type: ClassVar[str] = "processing.dossier_assigned.v1"


class StepCompleted(DossierEvent):
    """A step ended and the next one began."""

    type: ClassVar[str] = "processing.step_completed.v1"


class DossierSentBack(DossierEvent):
    """A leader sent the dossier back to the specialist with remarks."""

    type: ClassVar[str] = "processing.dossier_sent_back.v1"


class DossierRejected(DossierEvent):
    """The dossier is rejected by a reasoned, signed document."""

    type: ClassVar[str] = "processing.dossier_rejected.v1"
    rejected_at: datetime
    document: DocumentRef
    verification_code: str
    signer: str


class ResultReady(DossierEvent):
    """The result is recorded and passed to the desk."""

    type: ClassVar[str] = "processing.result_ready.v1"
    ready_at: datetime
    document: DocumentRef
    verification_code: str
    signer: str | None


class ResultCorrected(DossierEvent):
    """An issued result no longer counts; `revokes` is its verification code, `document` the paper that says so."""

    revokes: str
    decided_at: datetime
    decision_number: str
    document: DocumentRef
    verification_code: str
    signer: str


class ResultRevoked(ResultCorrected):
    """An issued result is taken back by a signed decision."""

    type: ClassVar[str] = "processing.result_revoked.v1"


class ResultReplaced(ResultCorrected):
    """Another signed result takes the place of an issued one."""

    type: ClassVar[str] = "processing.result_replaced.v1"


class DossierDueSoon(DossierEvent):
    """The reminder before the due time; announced once."""

    type: ClassVar[str] = "processing.dossier_due_soon.v1"
    due_at: datetime


class DossierOverdue(DossierEvent):
    """The due time passed without a decision; announced once."""

    type: ClassVar[str] = "processing.dossier_overdue.v1"
    due_at: datetime


class DossierLookedAt(Event):
    """An officer opened a dossier under handling, or what would be signed; the look is the aggregate.

    `agency` is the dossier's; the rest says who looked, from where, in which role and on which ground.
    """

    type: ClassVar[str] = "processing.dossier_looked_at.v1"
    code: str
    part: Part
    officer_id: str
    officer_agency: str | None
    officer_unit: str | None
    role: Role
    ground: Ground


class OfficerIdle(Event):
    """An officer with open dossiers has not looked at his work list; `tell` names who is to be reminded."""

    type: ClassVar[str] = "processing.officer_idle.v1"
    officer_id: str
    officer_name: str
    tell: list[str]
    open_count: int
    since: datetime


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
    steps: list[StepDone]
    decisions: list[ResultDecision]


class Series(BaseModel, frozen=True):
    """The last number given to a document of an agency in a year."""

    agency: str
    year: int
    last: int


class AgencyHandedOver(Event):
    """From the instant `at` on, the instance `to` settles what `agency` and those below it are competent for.

    `to` is the code of an agency with an instance of its own, empty for the province's. Number series go along.
    """

    type: ClassVar[str] = "processing.agency_handed_over.v1"
    to: str
    at: datetime
    series: list[Series]


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
