"""Single dossiers of an agency."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from common.api import DatabaseDep, SessionDep
from common.api.deps import only_for
from eforms import read_form
from fastapi import APIRouter, Query, Response
from regulation.roles import Right, who_may
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.api.assignment_out import assignment_out
from processing.api.consultation_out import consultation_out
from processing.api.deps import Visit, VisitDep
from processing.api.extension_out import extension_out
from processing.api.officers import person
from processing.api.proposal_out import proposal_out
from processing.api.revocation_out import result_actions_for, revocation_out
from processing.api.shapes import (
    DocumentOut,
    DossierOut,
    actions_for,
    dossier_row,
    process_out,
    record_out,
    step_out,
)
from processing.api.supplement_out import supplement_out
from processing.domain.supplement import still_waits
from processing.models import (
    Absence,
    Assignment,
    Consultation,
    Dossier,
    Extension,
    Revocation,
    StepRecord,
    Supplement,
)
from processing.queries import absences, assignments, consultations, extensions, supplements
from processing.queries.consultations import agency_ended_on
from processing.usecases.look_at_dossier import look_at_dossier
from processing.usecases.preview_document import preview_document
from processing.usecases.print_control_slip import print_control_slip

router = APIRouter(
    prefix="/api/processing/agencies/{agency}/dossiers",
    tags=["dossiers"],
    dependencies=[only_for(who_may(Right.READ_HANDLING))],
)


@dataclass(frozen=True)
class _Beside:
    """What stands beside a dossier, and the names of everybody in it."""

    records: Sequence[StepRecord]
    corrected: Sequence[Revocation]
    asked: Sequence[Consultation]
    dates: Sequence[Extension]
    hands: Sequence[Assignment]
    wanting: Sequence[Supplement]
    away: Absence | None
    """The absence of the officer who has the dossier."""
    names: Mapping[str, str]
    agencies: Mapping[str, str]


async def _beside(session: AsyncSession, dossier: Dossier, day: date) -> _Beside:
    records = await queries.step_records(session, dossier)
    corrected = (await queries.revocations(session, [dossier.code]))[dossier.code] if dossier.closed else []
    asked = await consultations.of_dossier(session, dossier.code)
    dates = await extensions.of_dossier(session, dossier.code)
    hands = await assignments.of_dossier(session, dossier.code)
    wanting = await supplements.of_dossier(session, dossier.code)
    away = {} if dossier.closed else await absences.on_day(session, dossier.agency, day)
    people = [dossier.officer_id, dossier.proposed_by, dossier.approved_by, dossier.received_by]
    people += [who for one in asked for who in (one.asked_by, one.answered_by)]
    people += [who for one in dates for who in (one.proposed_by, one.sent_back_by)]
    people += [one.drafted_by for one in wanting]
    people += [who for one in hands for who in (one.from_officer, one.officer_id, one.assigned_by)]
    people += [who for one in corrected for who in (one.proposed_by, one.decided_by, one.sent_back_by)]
    names = await queries.officer_names(session, [*people, *(record.actor_id for record in records)])
    agencies = await consultations.agency_names(session, [one.agency for one in asked])
    here = away.get(dossier.officer_id or "")
    return _Beside(records, corrected, asked, dates, hands, wanting, here, names, agencies)


def _actions(dossier: Dossier, beside: _Beside, visit: Visit) -> list[str]:
    waits = extensions.waiting(beside.dates)
    clock = extensions.clock_of(dossier, beside.dates, visit.rules)
    extendable = waits is None and clock.open_at(visit.now, visit.rules.calendar)
    by = waits.proposed_by if waits else None
    caller = visit.target.caller
    stands_in = bool(beside.away and absences.stood_in_for([beside.away], caller))
    waiting = still_waits(dossier.paused_at, dossier.answer_by_on, visit.now)
    return actions_for(
        dossier, caller, extendable=extendable, extended_by=by, standing_in=stands_in, waits=waiting
    )


def _furthest(dossier: Dossier, beside: _Beside, visit: Visit) -> date | None:
    clock = extensions.clock_of(dossier, beside.dates, visit.rules)
    still = not dossier.closed and clock.open_at(visit.now, visit.rules.calendar)
    return clock.furthest(visit.rules.calendar) if still else None


async def dossier_out(session: AsyncSession, dossier: Dossier, visit: Visit) -> DossierOut:
    """Describe a dossier in full for one caller."""
    rules, printer, now = visit.rules, visit.means.printer, visit.now
    procedure, beside = (
        await queries.procedure_of(session, dossier),
        await _beside(session, dossier, visit.target.day),
    )
    names, plan = beside.names, procedure.steps
    form = read_form(lines := procedure.result_form(dossier.template, printer.definition(dossier.template)))
    return DossierOut(
        **dossier_row(dossier, names, rules, now).model_dump(),
        procedure_version=dossier.procedure_version,
        receiving_point=dossier.receiving_point,
        submitted_at=dossier.submitted_at,
        opened_at=dossier.opened_at,
        step=step_out(dossier, plan, rules, now),
        process=process_out(procedure, dossier, rules.process_approver),
        history=[record_out(record, names, dossier.paused_at or now) for record in beside.records],
        template=dossier.template,
        template_title=printer.title(dossier.template)[0],
        result_form=dict(lines),
        proposal=proposal_out(dossier, names, form),
        sent_back_remarks=dossier.sent_back_remarks,
        decision_number=dossier.decision_number,
        verification_code=dossier.verification_code,
        document=DocumentOut(**dossier.document) if dossier.document else None,
        signer=dossier.signer,
        overdue_at=dossier.overdue_at,
        received_by=person(dossier.received_by, names),
        received_at=dossier.received_at,
        actions=_actions(dossier, beside, visit),
        revocations=[revocation_out(one, names, form) for one in beside.corrected],
        result_actions=result_actions_for(dossier, beside.corrected, visit.target.caller),
        consultations=[
            consultation_out(one, dossier.closed_at, names, beside.agencies, now) for one in beside.asked
        ],
        agency_ended_on=await agency_ended_on(session, dossier.agency, visit.target.day),
        **_beside_out(dossier, beside, visit),
    )


def _beside_out(dossier: Dossier, beside: _Beside, visit: Visit) -> dict[str, Any]:
    """Describe dates, hands and what was found missing."""
    return {
        "extensions": [extension_out(one, beside.names) for one in beside.dates],
        "assignments": [assignment_out(one, beside.names) for one in beside.hands],
        "absent_until": beside.away.to_on if beside.away else None,
        "answer_by_on": dossier.answer_by_on,
        "supplements": [supplement_out(one, beside.names) for one in beside.wanting],
        "extension_until_on": _furthest(dossier, beside, visit),
    }


@router.get("/{code}")
async def show_dossier(visit: VisitDep, session: SessionDep) -> DossierOut:
    """Show a dossier with its process, history and draft; its owner is told who looked."""
    return await dossier_out(session, await look_at_dossier(session, visit.target, visit.now), visit)


@router.get(
    "/{code}/draft-document",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}},
)
async def show_draft(
    visit: VisitDep, database: DatabaseDep, apology: Annotated[bool, Query()] = False
) -> Response:
    """Show exactly what would be signed, marked as a draft, as PDF; `apology` asks for the letter with a new date."""
    url = visit.means.verification_url
    pdf = await preview_document(
        database,
        visit.target,
        printer=visit.means.printer,
        verification_url=url,
        now=visit.now,
        apology=apology,
    )
    headers = {"Content-Disposition": 'inline; filename="du-thao.pdf"', "Cache-Control": "no-store"}
    return Response(pdf, media_type="application/pdf", headers=headers)


@router.get(
    "/{code}/control-slip",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}},
)
async def show_control_slip(visit: VisitDep, database: DatabaseDep) -> Response:
    """Print every hand-over of the dossier with its time, its people and whether it was late, as PDF."""
    pdf = await print_control_slip(
        database, visit.target, printer=visit.means.printer, rules=visit.rules, now=visit.now
    )
    headers = {"Content-Disposition": 'inline; filename="phieu-kiem-soat.pdf"', "Cache-Control": "no-store"}
    return Response(pdf, media_type="application/pdf", headers=headers)
