"""Let an officer of the unit take a dossier that nobody handles."""

from datetime import datetime

from common.outbox import record
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.domain.errors import AlreadyClaimedError, CaseClosedError, StepNotYoursError
from processing.domain.states import State
from processing.events import CaseAssigned
from processing.models import Case
from processing.queries import Target


async def claim_case(session: AsyncSession, target: Target, now: datetime) -> Case:
    """Make the caller the dossier's officer; of two who try at once the second is told.

    Raises:
        NotFoundError: outside the caller's scope.
        AlreadyClaimedError: another officer holds it.
        StepNotYoursError: the caller's unit or role does not do this step.

    Source: BD Đ.8; HN Đ.12; R-PRC-03
    """
    case = await queries.case_in_scope(session, target, lock=True)
    if case.closed:
        raise CaseClosedError(dossier=target.code)
    if case.officer_id == target.caller.subject:
        return case
    if case.officer_id is not None:
        raise AlreadyClaimedError(dossier=target.code)
    if case.step_role not in target.caller.roles or (target.caller.unit or case.unit) != case.unit:
        raise StepNotYoursError(step=case.step_name)
    case.officer_id, case.state = target.caller.subject, State.IN_PROCESS
    case.version += 1
    procedure = await queries.procedure_of(session, case)
    await record(session, CaseAssigned(**case.says(procedure.plan(), now)))
    return case
