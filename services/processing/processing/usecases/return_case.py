"""Let a leader send a dossier back to the specialist with remarks."""

from datetime import datetime

from common.outbox import record
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.domain.decision import check_remarks
from processing.domain.errors import StepOutOfOrderError
from processing.domain.process import specialist_step
from processing.domain.rules import HandlingRules
from processing.domain.states import LEADERS, LEADERS_KINDS, Action
from processing.events import CaseReturned
from processing.models import Case
from processing.queries import Target


async def return_case(
    session: AsyncSession,
    target: Target,
    *,
    version: int,
    remarks: str,
    now: datetime,
    rules: HandlingRules,
) -> Case:
    """End the leader's step as returned and begin the specialist's step anew, with its own deadline.

    Raises:
        ForbiddenError: the caller is no leader.
        StaleVersionError: somebody changed the dossier meanwhile.
        StepOutOfOrderError: the dossier is not with the leader.
        InvalidInputError: the remarks are empty.

    Source: BD Đ.8; HN Đ.12; R-PRC-03
    """
    target.caller.require(*LEADERS)
    case = await queries.case_in_scope(session, target, lock=True)
    case.expect(version)
    if case.step_kind not in LEADERS_KINDS:
        raise StepOutOfOrderError(step=case.step_name)
    said = check_remarks(remarks)
    plan = (await queries.procedure_of(session, case)).plan()
    at_hand = await queries.current_record(session, case)
    at_hand.end(Action.RETURNED, now, target.caller.subject, said)
    case.returned_at, case.returned_remarks = now, said
    case.approved_by = case.approved_at = None
    case.version += 1
    session.add(case.enter(specialist_step(plan, case.step_id, case.known), now, rules.calendar))
    await record(session, CaseReturned(**case.says(plan, now)))
    return case
