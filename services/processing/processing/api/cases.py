"""Work lists and single dossiers of an agency."""

from typing import Annotated

from common.api import DatabaseDep, NowDep, Page, SessionDep
from fastapi import APIRouter, Query, Response
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.api.shapes import (
    CaseOut,
    CaseRowOut,
    DocumentOut,
    actions_for,
    case_row,
    draft_fields,
    person,
    process_out,
    proposal_out,
    record_out,
    step_out,
)
from processing.api.wiring import AgencyPath, Desk, DeskDep, OfficerDep, RulesDep
from processing.models import Case
from processing.usecases.note_presence import note_presence
from processing.usecases.preview_document import preview_document

router = APIRouter(prefix="/api/processing/agencies/{agency}/cases", tags=["cases"])


async def case_out(session: AsyncSession, case: Case, desk: Desk) -> CaseOut:
    """Describe a dossier in full for one caller."""
    rules, printer, now = desk.rules, desk.means.printer, desk.now
    procedure = await queries.procedure_of(session, case)
    records = await queries.step_records(session, case)
    people = [case.officer_id, case.proposed_by, case.approved_by, case.received_by]
    names = await queries.officer_names(session, [*people, *(record.actor_id for record in records)])
    plan = procedure.plan()
    return CaseOut(
        **case_row(case, names, rules, now).model_dump(),
        procedure_version=case.procedure_version,
        receiving_point=case.receiving_point,
        limit_text=case.limit_text,
        submitted_at=case.submitted_at,
        opened_at=case.opened_at,
        step=step_out(case, plan, rules, now),
        process=process_out(procedure, plan, case, rules.process_approver),
        history=[record_out(record, names, now) for record in records],
        template=case.template,
        template_title=printer.title(case.template)[0],
        draft_fields=draft_fields(printer.fields(case.template)),
        proposal=proposal_out(case, names),
        returned_remarks=case.returned_remarks,
        decision_number=case.decision_number,
        verification_code=case.verification_code,
        document=DocumentOut(**case.document) if case.document else None,
        signer=case.signer,
        closed_at=case.closed_at,
        overdue_at=case.overdue_at,
        received_by=person(case.received_by, names),
        received_at=case.received_at,
        actions=actions_for(case, desk.target.caller),
    )


@router.get("")
async def list_cases(
    *,
    agency: AgencyPath,
    caller: OfficerDep,
    session: SessionDep,
    rules: RulesDep,
    now: NowDep,
    which: Annotated[queries.WorkFilter, Query(alias="filter")] = queries.WorkFilter.ALL,
    q: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=400)] = None,
) -> Page[CaseRowOut]:
    """List dossiers in the caller's scope, the soonest due first."""
    await note_presence(session, caller, now)
    page = await queries.work_list(
        session, caller, agency, which=which, now=now, q=q, limit=limit, cursor=cursor
    )
    names = await queries.officer_names(session, [case.officer_id for case in page.items])
    rows = [case_row(case, names, rules, now) for case in page.items]
    return Page[CaseRowOut](items=rows, total=page.total, next=page.next)


@router.get("/counts")
async def count_cases(
    agency: AgencyPath, caller: OfficerDep, session: SessionDep, now: NowDep
) -> dict[str, int]:
    """Count the dossiers of each work list in the caller's scope."""
    await note_presence(session, caller, now)
    return await queries.work_counts(session, caller, agency, now)


@router.get("/{code}")
async def show_case(desk: DeskDep, session: SessionDep) -> CaseOut:
    """Show a dossier with its process, history and draft."""
    return await case_out(session, await queries.case_in_scope(session, desk.target), desk)


@router.get("/{code}/draft-document", response_class=Response)
async def show_draft(desk: DeskDep, database: DatabaseDep) -> Response:
    """Show exactly what would be signed, marked as a draft, as PDF."""
    url = desk.means.verification_url
    pdf = await preview_document(
        database, desk.target, printer=desk.means.printer, verification_url=url, now=desk.now
    )
    headers = {"Content-Disposition": 'inline; filename="du-thao.pdf"', "Cache-Control": "no-store"}
    return Response(pdf, media_type="application/pdf", headers=headers)
