"""Let a leader give a dossier to an officer, by name or by the rule of least load."""

from datetime import datetime

from common.outbox import record
from procedures import StepKind
from regulation.roles import Role
from regulation.states import State
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.domain.assignment import least_loaded
from processing.domain.deeds import Deed
from processing.domain.errors import DossierClosedError, OfficerNotSuitableError
from processing.events import DossierAssigned
from processing.models import Dossier
from processing.queries import Target


async def assign_dossier(
    session: AsyncSession, target: Target, officer_id: str | None, now: datetime
) -> Dossier:
    """Give the dossier to the officer named, or to the least loaded one of its unit when none is named.

    Raises:
        ForbiddenError: the caller is no leader.
        OfficerNotSuitableError: no active officer with the step's role in the dossier's unit fits.

    Source: QT Đ.4.3; BD Đ.8; R-PRC-03
    """
    dossier = await queries.dossier_to_change(session, target, Deed.ASSIGNMENT)
    if dossier.closed:
        raise DossierClosedError(dossier=target.code)
    dossier.officer_id = await _suitable(session, dossier, officer_id)
    if dossier.step_kind == StepKind.TASK:
        dossier.state = State.IN_PROCESS
    procedure = await queries.procedure_of(session, dossier)
    await record(session, dossier.tell(DossierAssigned, procedure.steps, now))
    return dossier


async def _suitable(session: AsyncSession, dossier: Dossier, named: str | None) -> str:
    role = dossier.step_role if dossier.step_kind == StepKind.TASK else Role.SPECIALIST
    officers = await queries.officers_of(session, dossier.agency, unit=dossier.unit, role=role)
    ids = [officer.id for officer in officers]
    chosen = named or least_loaded(ids, await queries.open_counts(session, dossier.agency))
    if chosen is None or chosen not in ids:
        raise OfficerNotSuitableError(field="officer_id", step=dossier.step_name)
    return chosen
