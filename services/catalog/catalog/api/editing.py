"""The editor's routes: versions, publication, repeal, services and their levels."""

from typing import Annotated, Any

from common.api import IdempotencyDep, NowDep, SessionDep
from common.api.deps import only_for
from fastapi import APIRouter
from fastapi.responses import JSONResponse
from procedures import Offer
from pydantic import BaseModel, Field, StringConstraints
from regulation.days import Day
from regulation.roles import Right, who_may
from regulation.typed import Typed
from regulation.zone import local_day

from catalog import queries
from catalog.api.deps import ControlDep, DayHoursDep, EditorDep, RulesDep
from catalog.api.procedures import Gap, ProcedureOut, procedure_out, read_code
from catalog.domain.completeness import gaps
from catalog.domain.content import Content
from catalog.domain.service_levels import Approval
from catalog.usecases.begin_version import begin_version
from catalog.usecases.close_procedure import close_procedure
from catalog.usecases.edit_version import edit_version
from catalog.usecases.open_service import confirm_level, open_service
from catalog.usecases.publish_version import PublicationDecision, publish_version

router = APIRouter(
    prefix="/api/catalog", tags=["editing"], dependencies=[only_for(who_may(Right.EDIT_CATALOGUE))]
)
Number = Annotated[Typed, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]


class BeginVersionBody(BaseModel):
    """What the new version says; empty to start from the present one, or from an earlier one."""

    content: Content | None = None
    from_version: int | None = Field(None, ge=1, le=1_000_000)


class EditVersionBody(BaseModel):
    """What the draft says now, and the row version the editor saw."""

    content: Content
    version: int


class ApprovalBody(BaseModel):
    """The Chairman's decision to take it online, where that begins. Source: R-CAT-19"""

    approval_number: Number | None = None
    approval_on: Day | None = None

    def approval(self) -> Approval | None:
        """Return the decision; half of one is none."""
        if self.approval_number is None or self.approval_on is None:
            return None
        return Approval(self.approval_number, self.approval_on)


class PublishVersionBody(ApprovalBody):
    """The publication decision and the day from which the version holds."""

    decision_number: Number
    decision_on: Day
    effective_on: Day


class CloseProcedureBody(BaseModel):
    """The decision that repeals the procedure, and the first day without it."""

    decision_number: Number
    closed_from: Day


class ServiceBody(ApprovalBody):
    """An online service: which agency takes which procedure, at which level."""

    procedure: str
    agency: str
    service_level: str
    unit: str | None = None
    partial_reason: str | None = None

    def offer(self) -> Offer:
        """Return the offer as versions carry it."""
        return Offer(self.agency, self.service_level, self.unit, self.partial_reason)


class Proposal(BaseModel):
    """A service whose level belongs to the other scheme, and the level an editor may confirm."""

    procedure: str
    agency: str
    present: str
    proposed: str
    reason_needed: bool


@router.post("/procedures/{code}/versions", status_code=201, response_model=ProcedureOut)
async def begin(
    *,
    session: SessionDep,
    idem: IdempotencyDep,
    by: EditorDep,
    rules: RulesDep,
    now: NowDep,
    day_hours: DayHoursDep,
    code: str,
    body: BeginVersionBody,
) -> ProcedureOut | JSONResponse:
    """Begin a draft version; a code not known yet introduces the procedure."""
    if hit := await idem.replay(session):
        return hit
    draft = await begin_version(
        session, read_code(code), body.content, by, now, day_hours=day_hours, from_number=body.from_version
    )
    procedure = await queries.procedure(session, draft.procedure)
    out = await procedure_out(session, procedure, draft, rules, local_day(now))
    await idem.remember(session, 201, out)
    return out


@router.get("/procedures/{code}/versions/{number}")
async def show_draft(
    session: SessionDep, _: EditorDep, rules: RulesDep, now: NowDep, code: str, number: int
) -> ProcedureOut:
    """Show a version to its editor, drafts included."""
    procedure = await queries.procedure(session, read_code(code))
    version = await queries.version(session, procedure.code, number)
    return await procedure_out(session, procedure, version, rules, local_day(now))


@router.put("/procedures/{code}/versions/{number}")
async def edit(
    *,
    session: SessionDep,
    by: EditorDep,
    rules: RulesDep,
    now: NowDep,
    day_hours: DayHoursDep,
    code: str,
    number: int,
    body: EditVersionBody,
) -> ProcedureOut:
    """Replace what a draft says; a process longer than the published limit is refused."""
    seen = body.version
    draft = await edit_version(
        session, read_code(code), number, body.content, seen=seen, by=by, now=now, day_hours=day_hours
    )
    procedure = await queries.procedure(session, draft.procedure)
    return await procedure_out(session, procedure, draft, rules, local_day(now))


@router.get("/procedures/{code}/versions/{number}/gaps")
async def list_gaps(
    session: SessionDep, _: EditorDep, rules: RulesDep, code: str, number: int
) -> dict[str, Any]:
    """List what a version lacks before it may be published."""
    version = await queries.version(session, read_code(code), number)
    content = version.read()
    found = gaps(content, await queries.surroundings(session, content, rules))
    return {"items": [Gap(**vars(gap)) for gap in found], "total": len(found)}


@router.post("/procedures/{code}/versions/{number}/publication")
async def publish(
    *,
    session: SessionDep,
    by: EditorDep,
    rules: RulesDep,
    now: NowDep,
    day_hours: DayHoursDep,
    checked: ControlDep,
    code: str,
    number: int,
    body: PublishVersionBody,
) -> ProcedureOut:
    """Publish a draft under its decision; it comes into force on its effective day."""
    decision = PublicationDecision(body.decision_number, body.decision_on, body.effective_on, body.approval())
    today = local_day(now)
    version = await publish_version(
        session,
        read_code(code),
        number,
        decision,
        rules=rules,
        by=by,
        today=today,
        now=now,
        day_hours=day_hours,
        checked=checked,
    )
    procedure = await queries.procedure(session, version.procedure)
    return await procedure_out(session, procedure, version, rules, today)


@router.post("/procedures/{code}/closure")
async def close(
    session: SessionDep, by: EditorDep, now: NowDep, code: str, body: CloseProcedureBody
) -> dict[str, Any]:
    """Repeal a procedure from a day on."""
    today = local_day(now)
    procedure = await close_procedure(
        session, read_code(code), body.decision_number, body.closed_from, by=by, today=today, now=now
    )
    return {
        "code": procedure.code,
        "closed_from": procedure.closed_from,
        "announced": procedure.closed_announced,
    }


@router.post("/services", status_code=201, response_model=ProcedureOut)
async def open_(
    *,
    session: SessionDep,
    idem: IdempotencyDep,
    by: EditorDep,
    rules: RulesDep,
    now: NowDep,
    body: ServiceBody,
) -> ProcedureOut | JSONResponse:
    """Open an online service on a published procedure."""
    if hit := await idem.replay(session):
        return hit
    code, today = read_code(body.procedure), local_day(now)
    version = await open_service(
        session, code, body.offer(), rules=rules, by=by, today=today, now=now, approval=body.approval()
    )
    procedure = await queries.procedure(session, code)
    out = await procedure_out(session, procedure, version, rules, today)
    await idem.remember(session, 201, out)
    return out


@router.put("/services")
async def set_level(
    session: SessionDep, by: EditorDep, rules: RulesDep, now: NowDep, body: ServiceBody
) -> ProcedureOut:
    """Confirm or change the level of an open service."""
    code, today = read_code(body.procedure), local_day(now)
    version = await confirm_level(
        session, code, body.offer(), rules=rules, by=by, today=today, now=now, approval=body.approval()
    )
    return await procedure_out(session, await queries.procedure(session, code), version, rules, today)


@router.get("/level-proposals")
async def propose_levels(session: SessionDep, _: EditorDep, rules: RulesDep) -> dict[str, Any]:
    """Propose levels of the province's scheme for services that carry levels of the other one."""
    items = [
        Proposal(
            procedure=row.procedure,
            agency=row.agency,
            present=row.level,
            proposed=proposed,
            reason_needed=proposed == "partial" and not row.partial_reason,
        )
        for row in await queries.open_services(session)
        if (proposed := rules.propose(row.level)) != row.level
    ]
    return {"items": items, "total": len(items), "scheme": rules.scheme.value}
