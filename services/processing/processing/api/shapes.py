"""How a dossier in processing looks to officers over HTTP; instants are UTC, remaining time in working minutes."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from common.security import Caller
from pydantic import BaseModel
from regulation.clock import working_minutes_between

from processing.domain.deadlines import Remaining, Urgency, minutes_left
from processing.domain.decision import DraftField
from processing.domain.permissions import Standing, allowed_actions
from processing.domain.process import Step, applicable, position
from processing.domain.rules import HandlingRules
from processing.models import Case, ProcedureVersion, StepRecord


class OfficerOut(BaseModel):
    """An officer by id and name."""

    id: str
    name: str
    unit: str | None = None
    roles: list[str] = []
    open_count: int | None = None


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


class CaseRowOut(BaseModel):
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
    returned: bool
    step_name: str
    step_due_at: datetime


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


class ProcessOut(BaseModel):
    """The approved internal process the dossier runs under."""

    version: int | None
    decision_number: str | None
    decision_on: date | None
    approver: str
    steps: list[PlannedStepOut]


class DraftFieldOut(BaseModel):
    """A line the specialist fills in; ids equal e-form answers where both mean the same."""

    id: str
    label: str
    label_en: str
    required: bool
    kind: str
    section: str
    options: dict[str, str]


class ProposalOut(BaseModel):
    """What is proposed to the leader."""

    outcome: str
    content: dict[str, str]
    reasons: str | None
    legal_basis: str | None
    proposed_by: OfficerOut | None
    proposed_at: datetime | None
    approved_by: OfficerOut | None
    approved_at: datetime | None


class DocumentOut(BaseModel):
    """The issued document in the file store."""

    sha256: str
    size: int
    name: str
    media_type: str


class CaseOut(CaseRowOut):
    """A dossier with its process, history, draft and the caller's possible actions."""

    procedure_version: int
    receiving_point: str
    limit_text: str
    submitted_at: datetime
    opened_at: datetime
    step: StepOut
    process: ProcessOut
    history: list[StepRecordOut]
    template: str
    template_title: str
    draft_fields: list[DraftFieldOut]
    proposal: ProposalOut | None
    returned_remarks: str | None
    decision_number: str | None
    verification_code: str | None
    document: DocumentOut | None
    signer: str | None
    closed_at: datetime | None
    overdue_at: datetime | None
    received_by: OfficerOut | None
    received_at: datetime | None
    actions: list[str]


def case_row(case: Case, names: Mapping[str, str], rules: HandlingRules, now: datetime) -> CaseRowOut:
    """Describe a dossier for a work list; a decided one is measured at the moment of the decision."""
    at = case.closed_at or now
    time = Remaining(
        left=minutes_left(at, case.due_at, rules.calendar),
        total=working_minutes_between(rules.calendar, case.accepted_at, case.due_at),
        overdue=at > case.due_at,
        soon=at >= case.soon_at,
    )
    return CaseRowOut(
        code=case.code,
        version=case.version,
        state=case.state,
        procedure_code=case.procedure_code,
        procedure_name=case.procedure_name,
        agency=case.agency,
        unit=case.unit,
        channel=case.channel,
        officer=person(case.officer_id, names),
        accepted_at=case.accepted_at,
        due_at=case.due_at,
        remaining_minutes=time.left,
        urgency=time.urgency,
        overdue=time.overdue,
        returned=case.returned_at is not None,
        step_name=case.step_name,
        step_due_at=case.step_due_at,
    )


def person(officer_id: str | None, names: Mapping[str, str]) -> OfficerOut | None:
    """Name an officer; one whose name has not arrived is shown by id."""
    return None if officer_id is None else OfficerOut(id=officer_id, name=names.get(officer_id, officer_id))


def draft_fields(fields: Sequence[DraftField]) -> list[DraftFieldOut]:
    """Describe the lines of a template."""
    return [DraftFieldOut.model_validate(field, from_attributes=True) for field in fields]


def process_out(procedure: ProcedureVersion, plan: Sequence[Step], case: Case, approver: str) -> ProcessOut:
    """Describe the process version pinned on the dossier."""
    steps = [
        PlannedStepOut(
            id=step.id,
            name=step.name,
            name_en=step.name_en,
            unit=step.unit,
            role=step.role,
            kind=step.kind,
            hours=str(step.hours),
        )
        for step in applicable(plan, case.known)
    ]
    return ProcessOut(
        version=procedure.process_version,
        decision_number=procedure.decision_number,
        decision_on=procedure.decision_on,
        approver=approver,
        steps=steps,
    )


def step_out(case: Case, plan: Sequence[Step], rules: HandlingRules, now: datetime) -> StepOut:
    """Describe the step at hand with its own remaining time."""
    number, count = position(plan, case.step_id, case.known)
    step = next(step for step in plan if step.id == case.step_id)
    return StepOut(
        no=number,
        count=count,
        id=step.id,
        name=step.name,
        name_en=step.name_en,
        kind=step.kind,
        unit=step.unit,
        role=step.role,
        due_at=case.step_due_at,
        remaining_minutes=minutes_left(case.closed_at or now, case.step_due_at, rules.calendar),
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
    )


def proposal_out(case: Case, names: Mapping[str, str]) -> ProposalOut | None:
    """Describe the proposal, if there is one."""
    if case.outcome is None:
        return None
    return ProposalOut(
        outcome=case.outcome,
        content=case.content or {},
        reasons=case.reasons,
        legal_basis=case.legal_basis,
        proposed_by=person(case.proposed_by, names),
        proposed_at=case.proposed_at,
        approved_by=person(case.approved_by, names),
        approved_at=case.approved_at,
    )


def actions_for(case: Case, caller: Caller) -> list[str]:
    """Return the actions open to the caller."""
    here = Standing(
        state=case.state,
        step_kind=case.step_kind,
        step_role=case.step_role,
        unit=case.unit,
        officer_id=case.officer_id,
        proposed_by=case.proposed_by,
        drafted=case.outcome is not None,
    )
    return allowed_actions(here, caller.subject, caller.roles, caller.unit)
