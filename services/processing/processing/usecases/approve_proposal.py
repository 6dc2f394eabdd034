"""Let a leader approve a proposal that goes on to another step."""

from datetime import datetime

from common.outbox import record
from procedures import StepKind
from regulation.roles import Right, who_may
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.domain.decision import check_second_person
from processing.domain.errors import StepOutOfOrderError
from processing.domain.rules import HandlingRules
from processing.domain.states import LEADERS_KINDS, Action
from processing.models import Dossier
from processing.queries import Target


async def approve_proposal(
    session: AsyncSession,
    target: Target,
    *,
    version: int,
    remarks: str,
    now: datetime,
    rules: HandlingRules,
) -> Dossier:
    """Note the approval; a review step ends with it, a signing step waits for the signature.

    Raises:
        ForbiddenError: the caller is no leader.
        StaleVersionError: somebody changed the dossier meanwhile.
        StepOutOfOrderError: the dossier is not with the leader.
        OwnProposalError: the caller proposed it himself.

    Source: BD Đ.8; HN Đ.12; R-PRC-03
    """
    target.caller.require(*who_may(Right.DECIDE_DOSSIER))
    dossier = await queries.dossier_in_scope(session, target, right=Right.DECIDE_DOSSIER, lock=True)
    dossier.expect(version)
    if dossier.step_kind not in LEADERS_KINDS:
        raise StepOutOfOrderError(step=dossier.step_name)
    check_second_person(dossier.proposed_by, target.caller.subject)
    dossier.approved_by, dossier.approved_at = target.caller.subject, now
    at_hand = await queries.current_record(session, dossier)
    if dossier.step_kind == StepKind.SIGN:
        at_hand.remarks = remarks or None
        dossier.version += 1
        return dossier
    at_hand.end(Action.APPROVED, now, target.caller.subject, remarks)
    plan = (await queries.procedure_of(session, dossier)).steps
    moved = dossier.advance(plan, now, rules.calendar)
    session.add_all(moved.records)
    await record(session, moved.event)
    return dossier
