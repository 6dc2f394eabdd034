"""Let an officer of the unit take a dossier that nobody handles."""

from datetime import datetime

from common.outbox import record
from regulation.states import State
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.domain.assignment import Given, Way
from processing.domain.deeds import Deed
from processing.domain.errors import AlreadyClaimedError, DossierClosedError, StepNotYoursError
from processing.events import DossierAssigned
from processing.models import Assignment, Dossier
from processing.queries import Target, assignments


async def claim_dossier(session: AsyncSession, target: Target, now: datetime) -> Dossier:
    """Make the caller the dossier's officer; of two who try at once the second is told.

    Raises:
        ForbiddenError: the caller takes no steps.
        NotFoundError: outside the caller's scope.
        AlreadyClaimedError: another officer holds it.
        StepNotYoursError: the caller's unit or role does not do this step.

    What is due sooner and still free is counted beside it.

    Source: BD Đ.8; HN Đ.12; QT Đ.4.3; R-PRC-03; R-PRC-21
    """
    dossier = await queries.dossier_to_change(session, target, Deed.CLAIM)
    if dossier.closed:
        raise DossierClosedError(dossier=target.code)
    if dossier.officer_id == target.caller.subject:
        return dossier
    if dossier.officer_id is not None:
        raise AlreadyClaimedError(dossier=target.code)
    if dossier.step_role not in target.caller.roles or (target.caller.unit or dossier.unit) != dossier.unit:
        raise StepNotYoursError(step=dossier.step_name)
    passed_over = await assignments.passed_over_when_taken(session, dossier)
    given = Given(Way.CLAIMED, target.caller.subject, target.caller.subject, now, passed_over=passed_over)
    session.add(Assignment.of(dossier, await assignments.next_number(session, dossier.code), given))
    dossier.state = State.IN_PROCESS
    procedure = await queries.procedure_of(session, dossier)
    await record(
        session, dossier.tell(DossierAssigned, procedure.steps, now, assigned_by=target.caller.subject)
    )
    return dossier
