"""What happens to a dossier while it is handled; each fact carries its newest state."""

from datetime import datetime
from typing import ClassVar

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
    assigned_by: str | None = None
    """Who gave it to the officer: somebody who leads, or the officer who took it; None where it is told again."""


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
    """The reminder before the due time; announced once. `substitute_id` stands in for the officer, who is away."""

    type: ClassVar[str] = "processing.dossier_due_soon.v1"
    due_at: datetime
    substitute_id: str | None = None


class DossierOverdue(DossierEvent):
    """The due time passed without a decision; announced once, to who stands in for an officer who is away."""

    type: ClassVar[str] = "processing.dossier_overdue.v1"
    due_at: datetime
    substitute_id: str | None = None


class DossierExtended(DossierEvent):
    """The applicant is promised a new date, once; `due_at` is the old one, which lateness goes on counting against."""

    type: ClassVar[str] = "processing.dossier_extended.v1"

    due_at: datetime
    until: datetime
    reason: str
    extended_at: datetime
    document: DocumentRef
    signer: str


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
