"""Let a leader give a dossier to an officer, by name or by the rule of least load."""

from datetime import datetime

from common.outbox import record
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.domain.assignment import least_loaded
from processing.domain.errors import CaseClosedError, OfficerNotSuitableError
from processing.domain.states import LEADERS, State, StepKind
from processing.events import CaseAssigned
from processing.models import Case
from processing.queries import Target


async def assign_case(session: AsyncSession, target: Target, officer_id: str | None, now: datetime) -> Case:
    """Give the dossier to the officer named, or to the least loaded one of its unit when none is named.

    Raises:
        ForbiddenError: the caller is no leader.
        OfficerNotSuitableError: no active officer with the step's role in the dossier's unit fits.

    Source: QT Đ.4.3; BD Đ.8; R-PRC-03
    """
    target.caller.require(*LEADERS)
    case = await queries.case_in_scope(session, target, lock=True)
    if case.closed:
        raise CaseClosedError(dossier=target.code)
    case.officer_id = await _suitable(session, case, officer_id)
    if case.step_kind == StepKind.TASK:
        case.state = State.IN_PROCESS
    case.version += 1
    procedure = await queries.procedure_of(session, case)
    await record(session, CaseAssigned(**case.says(procedure.plan(), now)))
    return case


async def _suitable(session: AsyncSession, case: Case, named: str | None) -> str:
    role = case.step_role if case.step_kind == StepKind.TASK else "specialist"
    officers = await queries.officers_of(session, case.agency, unit=case.unit, role=role)
    ids = [officer.id for officer in officers]
    chosen = named or least_loaded(ids, await queries.open_counts(session, case.agency))
    if chosen is None or chosen not in ids:
        raise OfficerNotSuitableError(field="officer_id", step=case.step_name)
    return chosen
