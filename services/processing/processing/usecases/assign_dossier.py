"""Let a leader give a dossier to an officer, by name or by the rule of least load."""

from datetime import datetime

from common.outbox import record
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.domain.assignment import Given, Way, check_reason, least_loaded
from processing.domain.deeds import Deed
from processing.domain.errors import DossierClosedError, OfficerNotSuitableError
from processing.events import DossierAssigned
from processing.models import Assignment, Dossier
from processing.queries import Target, absences, assignments


async def assign_dossier(
    session: AsyncSession, target: Target, officer_id: str | None, now: datetime, reason: str | None = None
) -> Dossier:
    """Give the dossier to the officer named, or to the least loaded one of its unit who is there.

    What another officer has in hand is taken from him only with a reason.

    Raises:
        ForbiddenError: the caller is no leader.
        OfficerNotSuitableError: no active officer with the step's role in the dossier's unit fits.
        OfficerAbsentError: the named one is away.
        InvalidInputError: another officer has it, and no reason is given.

    Source: QT Đ.4.3; BD Đ.8; BD Đ.14.5; R-PRC-03; R-PRC-21; R-INT-21
    """
    dossier = await queries.dossier_to_change(session, target, Deed.ASSIGNMENT)
    if dossier.closed:
        raise DossierClosedError(dossier=target.code)
    chosen = await _suitable(session, dossier, officer_id, target)
    taken = dossier.officer_id not in (None, chosen)
    said = check_reason(reason) if taken else (reason or "").strip() or None
    way = Way.NAMED if officer_id else Way.LEAST_LOADED
    given = Given(way, chosen, target.caller.subject, now, said)
    session.add(Assignment.of(dossier, await assignments.next_number(session, dossier.code), given))
    procedure = await queries.procedure_of(session, dossier)
    await record(
        session, dossier.tell(DossierAssigned, procedure.steps, now, assigned_by=target.caller.subject)
    )
    return dossier


async def _suitable(session: AsyncSession, dossier: Dossier, named: str | None, target: Target) -> str:
    if named is not None:
        await assignments.expect_suitable(session, dossier, named, target.day)
        return named
    away = await absences.on_day(session, dossier.agency, target.day)
    there = [one.id for one in await assignments.suitable(session, dossier) if one.id not in away]
    chosen = least_loaded(there, await queries.open_counts(session, dossier.agency))
    if chosen is None:
        raise OfficerNotSuitableError(field="officer_id", step=dossier.step_name)
    return chosen
