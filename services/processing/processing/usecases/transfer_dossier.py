"""Hand one dossier over to another officer, with the reason in its history."""

from datetime import datetime

from common.outbox import record
from regulation.roles import Right, view
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.domain.assignment import Given, Way, check_reason
from processing.domain.deeds import Deed
from processing.domain.errors import StepNotYoursError
from processing.events import DossierAssigned
from processing.models import Assignment, Dossier
from processing.queries import Target, absences, assignments


async def transfer_dossier(
    session: AsyncSession, target: Target, *, version: int, officer_id: str, reason: str, now: datetime
) -> Dossier:
    """Hand a dossier over: its officer or a leader to anybody suitable, a substitute only to himself.

    Raises:
        ForbiddenError: the caller takes no steps.
        NotFoundError: outside the caller's scope.
        StaleVersionError: somebody changed the dossier meanwhile.
        StepNotYoursError: it is in another officer's hands, or in nobody's.
        InvalidInputError: the reason is empty.
        OfficerNotSuitableError: the named one is of another unit or agency, or has it already.
        OfficerAbsentError: the named one is away.

    Source: QT Đ.4.3; BD Đ.14.5; R-PRC-21; R-INT-21
    """
    dossier = await queries.dossier_to_change(session, target, Deed.TRANSFER)
    dossier.expect(version)
    way = await _way(session, dossier, target, officer_id)
    said = check_reason(reason)
    await assignments.expect_suitable(session, dossier, officer_id, target.day)
    given = Given(way, officer_id, target.caller.subject, now, said)
    session.add(Assignment.of(dossier, await assignments.next_number(session, dossier.code), given))
    plan = (await queries.procedure_of(session, dossier)).steps
    await record(session, dossier.tell(DossierAssigned, plan, now, assigned_by=target.caller.subject))
    await session.flush()
    return dossier


async def _way(session: AsyncSession, dossier: Dossier, target: Target, to: str) -> Way:
    """Return how it changes hands. Raises: StepNotYoursError."""
    caller, where, holder = target.caller, dossier.whereabouts, dossier.officer_id
    leads = view(Right.ASSIGN_DOSSIER, caller).sees(agency=where.agency, unit=where.unit, holder=holder)
    if holder is not None and holder != to and (holder == caller.subject or leads):
        return Way.TRANSFERRED
    away = await absences.on_day(session, dossier.agency, target.day)
    if to == caller.subject and holder in absences.stood_in_for(away.values(), caller):
        return Way.STOOD_IN
    raise StepNotYoursError(step=dossier.step_name)
