"""Let an officer of the unit take a dossier that nobody handles."""

from datetime import datetime

from common.outbox import record
from regulation.states import State
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.domain.deeds import Deed
from processing.domain.errors import AlreadyClaimedError, DossierClosedError, StepNotYoursError
from processing.events import DossierAssigned
from processing.models import Dossier
from processing.queries import Target


async def claim_dossier(session: AsyncSession, target: Target, now: datetime) -> Dossier:
    """Make the caller the dossier's officer; of two who try at once the second is told.

    Raises:
        ForbiddenError: the caller takes no steps.
        NotFoundError: outside the caller's scope.
        AlreadyClaimedError: another officer holds it.
        StepNotYoursError: the caller's unit or role does not do this step.

    Source: BD Đ.8; HN Đ.12; R-PRC-03
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
    dossier.officer_id, dossier.state = target.caller.subject, State.IN_PROCESS
    procedure = await queries.procedure_of(session, dossier)
    await record(session, dossier.tell(DossierAssigned, procedure.steps, now))
    return dossier
