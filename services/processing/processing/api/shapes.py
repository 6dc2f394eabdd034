"""How a dossier in processing looks to officers over HTTP; instants are UTC, remaining time in working minutes."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from common.security import Caller
from procedures import Procedure, Step
from procedures.flow import applicable, position
from pydantic import BaseModel
from regulation.clock import Urgency, remaining_minutes

from processing.api.assignment_out import AssignmentOut
from processing.api.consultation_out import ConsultationOut
from processing.api.extension_out import ExtensionOut
from processing.api.officers import OfficerOut, person
from processing.api.proposal_out import ProposalOut
from processing.api.revocation_out import RevocationOut
from processing.api.supplement_out import SupplementOut
from processing.domain.deeds import InHand, possible_deeds
from processing.domain.rules import HandlingRules
from processing.models import Dossier, StepRecord


class StepOut(BaseModel):
    """The step at hand."""

    no: int
    count: int
    id: str
    name: str
    name_en: str
    kind: str
    unit: str
    role: str
    due_at: datetime
    remaining_minutes: int


class DossierRowOut(BaseModel):
    """A dossier as a line of a work list."""

    code: str
    version: int
    state: str
    procedure_code: str
    procedure_name: str
    agency: str
    unit: str
    channel: str
    officer: OfficerOut | None
    accepted_at: datetime
    due_at: datetime
    remaining_minutes: int
    urgency: Urgency
    overdue: bool
    sent_back: bool
    revoking: bool
    consulting: int
    extending: bool
    extended_until: datetime | None
    paused_at: datetime | None
    """Since when the clock waits for the applicant."""
    step_name: str
    step_due_at: datetime
    closed_at: datetime | None


class PlannedStepOut(BaseModel):
    """A step of the approved process."""

    id: str
    name: str
    name_en: str
    unit: str
    role: str
    kind: str
    hours: str


class StepRecordOut(BaseModel):
    """A step as it was done."""

    step_id: str
    name: str
    name_en: str
    kind: str
    unit: str
    started_at: datetime
    due_at: datetime
    ended_at: datetime | None
    action: str | None
    actor: OfficerOut | None
    remarks: str | None
    late: bool
    passed_over: int


class ProcessOut(BaseModel):
    """The approved internal process the dossier runs under."""

    version: int | None
    decision_number: str | None
    decision_on: date | None
    approver: str
    steps: list[PlannedStepOut]


class DocumentOut(BaseModel):
    """The issued document in the file store."""

    sha256: str
    size: int
    name: str
    media_type: str


class DossierOut(DossierRowOut):
    """A dossier with its process, history, draft and the caller's possible actions."""

    procedure_version: int
    receiving_point: str
    submitted_at: datetime
    opened_at: datetime
    step: StepOut
    process: ProcessOut
    history: list[StepRecordOut]
    template: str
    template_title: str
    result_form: dict[str, Any]
    proposal: ProposalOut | None
    sent_back_remarks: str | None
    decision_number: str | None
    verification_code: str | None
    document: DocumentOut | None
    signer: str | None
    overdue_at: datetime | None
    received_by: OfficerOut | None
    received_at: datetime | None
    actions: list[str]
    revocations: list[RevocationOut]
    result_actions: list[str]
    consultations: list[ConsultationOut]
    extensions: list[ExtensionOut]
    assignments: list[AssignmentOut]
    absent_until: date | None
    """Until when the officer who has it is away."""
    answer_by_on: date | None
    """Until when the applicant has time to add what was asked for."""
    supplements: list[SupplementOut]
    extension_until_on: date | None
    """The last day a new date may name, while one can be proposed."""
    agency_ended_on: date | None
    """From which day on its agency is merged or closed."""


def dossier_row(
    dossier: Dossier, names: Mapping[str, str], rules: HandlingRules, now: datetime
) -> DossierRowOut:
    """Describe a dossier for a work list; a decided one is measured at its decision, and waits for nothing."""
    at, still_open = dossier.measured_at(now), dossier.closed_at is None
    time = rules.reminder.remaining(dossier.accepted_at, dossier.due_at, at, rules.calendar)
    return DossierRowOut(
        code=dossier.code,
        version=dossier.version,
        state=dossier.state,
        procedure_code=dossier.procedure_code,
        procedure_name=dossier.procedure_name,
        agency=dossier.agency,
        unit=dossier.unit,
        channel=dossier.channel,
        officer=person(dossier.officer_id, names),
        accepted_at=dossier.accepted_at,
        due_at=dossier.due_at,
        remaining_minutes=time.left,
        urgency=time.urgency,
        overdue=time.overdue,
        sent_back=dossier.sent_back_at is not None,
        revoking=dossier.revoking,
        consulting=dossier.consulting if still_open else 0,
        extending=dossier.extending and still_open,
        extended_until=dossier.extended_until,
        paused_at=dossier.paused_at if still_open else None,
        step_name=dossier.step_name,
        step_due_at=dossier.step_due_at,
        closed_at=dossier.closed_at,
    )


def process_out(procedure: Procedure, dossier: Dossier, approver: str) -> ProcessOut:
    """Describe the process version pinned on the dossier."""
    process = procedure.process
    steps = [
        PlannedStepOut(
            id=step.id,
            name=step.name,
            name_en=step.name_en,
            unit=step.unit,
            role=step.role,
            kind=step.kind,
            hours=step.hours,
        )
        for step in applicable(procedure.steps, dossier.known)
    ]
    return ProcessOut(
        version=process.version if process else None,
        decision_number=process.decision_number if process else None,
        decision_on=process.decision_on if process else None,
        approver=approver,
        steps=steps,
    )


def step_out(dossier: Dossier, plan: Sequence[Step], rules: HandlingRules, now: datetime) -> StepOut:
    """Describe the step at hand with its own remaining time."""
    number, count = position(plan, dossier.step_id, dossier.known)
    step = next(step for step in plan if step.id == dossier.step_id)
    return StepOut(
        no=number,
        count=count,
        id=step.id,
        name=step.name,
        name_en=step.name_en,
        kind=step.kind,
        unit=step.unit,
        role=step.role,
        due_at=dossier.step_due_at,
        remaining_minutes=remaining_minutes(rules.calendar, dossier.measured_at(now), dossier.step_due_at),
    )


def record_out(record: StepRecord, names: Mapping[str, str], now: datetime) -> StepRecordOut:
    """Describe a step as it was done."""
    return StepRecordOut(
        step_id=record.step_id,
        name=record.name,
        name_en=record.name_en,
        kind=record.kind,
        unit=record.unit,
        started_at=record.started_at,
        due_at=record.due_at,
        ended_at=record.ended_at,
        action=record.action,
        actor=person(record.actor_id, names),
        remarks=record.remarks,
        late=(record.ended_at or now) > record.due_at,
        passed_over=record.passed_over,
    )


def actions_for(
    dossier: Dossier,
    caller: Caller,
    *,
    extendable: bool = False,
    extended_by: str | None = None,
    standing_in: bool = False,
    waits: bool = False,
) -> list[str]:
    """Return the actions open to the caller."""
    here = InHand(
        where=dossier.whereabouts,
        state=dossier.state,
        step_kind=dossier.step_kind,
        step_role=dossier.step_role,
        proposed_by=dossier.proposed_by,
        drafted=dossier.outcome is not None,
        extendable=extendable,
        extended_by=extended_by,
        standing_in=standing_in,
        waits=waits,
    )
    return possible_deeds(here, caller)
