"""Let the officer of a dossier end the task at hand and pass it to the next step."""

from datetime import datetime

from common.outbox import record
from procedures import StepKind
from procedures.flow import following
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.domain.deeds import Deed
from processing.domain.errors import ProposalMissingError
from processing.domain.outcomes import Action
from processing.domain.rules import HandlingRules
from processing.models import Dossier
from processing.queries import Target, assignments


async def complete_step(
    session: AsyncSession,
    target: Target,
    *,
    version: int,
    remarks: str,
    now: datetime,
    rules: HandlingRules,
) -> Dossier:
    """End the task with remarks; a leader's step cannot be ended this way, nor reached without a proposal.

    Raises:
        ForbiddenError: the caller takes no steps.
        StaleVersionError: somebody changed the dossier meanwhile.
        StepOutOfOrderError: the step at hand is a leader's.
        StepNotYoursError: another officer handles the dossier.
        ProposalMissingError: the next step decides and nothing is proposed.

    Source: QT Đ.25.2; TN PL.B3; R-PRC-04
    """
    dossier = await queries.dossier_to_change(session, target, Deed.STEP_COMPLETION)
    dossier.expect_running(version, now)
    dossier.expect_step_for(Deed.STEP_COMPLETION)
    dossier.expect_in_hands_of(target.caller.subject)
    passed_over = await assignments.passed_over_when_done(session, dossier)
    plan = (await queries.procedure_of(session, dossier)).steps
    upcoming = following(plan, dossier.step_id, dossier.known)
    if dossier.outcome is None and (upcoming is None or upcoming.kind is not StepKind.TASK):
        raise ProposalMissingError
    at_hand = await queries.current_record(session, dossier)
    at_hand.end(Action.COMPLETED, now, target.caller.subject, remarks, passed_over)
    dossier.sent_back_at = None
    moved = dossier.advance(plan, now, rules.calendar)
    session.add_all(moved.records)
    await record(session, moved.event)
    return dossier
