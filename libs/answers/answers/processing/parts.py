"""Processing: the parts that several of its answers have."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from answers.answer import Answer


class OfficerOut(Answer):
    """An officer by id and name."""

    id: str
    name: str
    open_count: int | None = None
    roles: tuple[str, ...] = ()
    unit: str | None = None


class AssignmentOut(Answer):
    """Who got the dossier, from whom, by which rule and why; `passed_over` were due sooner and still free."""

    assigned_at: datetime
    assigned_by: OfficerOut | None
    from_officer: OfficerOut | None
    number: int
    officer: OfficerOut | None
    passed_over: int
    reason: str | None
    way: str


class LineOut(Answer):
    """One line of a drafted result in words."""

    label: str
    label_en: str
    text: str


class ProposalOut(Answer):
    """What is proposed to the leader."""

    approved_at: datetime | None
    approved_by: OfficerOut | None
    content: Mapping[str, Any]
    legal_basis: str | None
    lines: tuple[LineOut, ...]
    outcome: str
    proposed_at: datetime | None
    proposed_by: OfficerOut | None
    reasons: str | None


class ConsultationOut(Answer):
    """An opinion asked of a unit, or of a whole agency where `unit` is empty, with its own due time."""

    agency: str
    agency_name: str
    answer: str | None
    answered_at: datetime | None
    answered_by: OfficerOut | None
    asked_at: datetime
    asked_by: OfficerOut | None
    due_at: datetime
    id: str
    number: int
    question: str
    standing: str
    unit: str | None
    withdrawn_at: datetime | None
    withdrawn_reason: str | None


class DocumentOut(Answer):
    """The issued document in the file store."""

    media_type: str
    name: str
    sha256: str
    size: int


class ExtensionOut(Answer):
    """A new date; while `decided_at` is empty the proposal, which may be sent back."""

    decided_at: datetime | None
    letter_number: str | None
    number: int
    previous_due_at: datetime
    proposed_at: datetime
    proposed_by: OfficerOut | None
    reason: str
    sent_back_at: datetime | None
    sent_back_by: OfficerOut | None
    sent_back_remarks: str | None
    signer: str | None
    until: datetime


class PlannedStepOut(Answer):
    """A step of the approved process."""

    hours: str
    id: str
    kind: str
    name: str
    name_en: str
    role: str
    unit: str


class ProcessOut(Answer):
    """The approved internal process the dossier runs under."""

    approver: str
    decision_number: str | None
    decision_on: date | None
    steps: tuple[PlannedStepOut, ...]
    version: int | None


class RevocationOut(Answer):
    """A result taken back or replaced; while `decided_at` is empty the proposal to do so, which may be …"""

    content: Mapping[str, Any] | None
    decided_at: datetime | None
    decided_by: OfficerOut | None
    decision_number: str | None
    ground: str
    legal_basis: str
    lines: tuple[LineOut, ...]
    number: int
    proposed_at: datetime
    proposed_by: OfficerOut | None
    replaces: bool
    revokes: str
    sent_back_at: datetime | None
    sent_back_by: OfficerOut | None
    sent_back_remarks: str | None
    signer: str | None
    verification_code: str | None


class StepOut(Answer):
    """The step at hand."""

    count: int
    due_at: datetime
    id: str
    kind: str
    name: str
    name_en: str
    no: int
    remaining_minutes: int
    role: str
    unit: str


class StepRecordOut(Answer):
    """A step as it was done."""

    action: str | None
    actor: OfficerOut | None
    due_at: datetime
    ended_at: datetime | None
    kind: str
    late: bool
    name: str
    name_en: str
    passed_over: int
    remarks: str | None
    started_at: datetime
    step_id: str
    unit: str


class FreeItemOut(Answer):
    """Something outside the published list, with the article that allows asking for it."""

    legal_basis: str
    text: str


class MissingOut(Answer):
    """A component that is missing or wrong, and what to do about it."""

    component: str
    note: str


class SupplementOut(Answer):
    """What was found missing; while `requested_at` is empty the desk has not asked yet."""

    drafted_at: datetime
    drafted_by: OfficerOut | None
    free_items: tuple[FreeItemOut, ...]
    guidance: str
    items: tuple[MissingOut, ...]
    number: int
    reason: str
    requested_at: datetime | None
    supplied_at: datetime | None
