"""Let a leader approve a proposal that goes on to another step."""

from datetime import datetime

from common.database import Database
from common.outbox import record
from procedures import StepKind
from procedures.flow import following

from processing import queries
from processing.domain.decision import check_second_person, is_last_word
from processing.domain.deeds import Deed
from processing.domain.outcomes import Action
from processing.domain.rules import HandlingRules
from processing.models import Dossier
from processing.queries import Target


async def approve_proposal(
    database: Database,
    target: Target,
    *,
    version: int,
    remarks: str,
    now: datetime,
    rules: HandlingRules,
) -> Dossier | None:
    """Note the approval; a review step ends with it, a signing step waits for the signature.

    None where the approval is the last word, because no signing step follows: then the decision is issued with it.

    Raises:
        ForbiddenError: the caller is no leader.
        StaleVersionError: somebody changed the dossier meanwhile.
        StepOutOfOrderError: the dossier is not with the leader.
        OwnProposalError: the caller proposed it himself.

    Source: BD Đ.8; HN Đ.12; R-PRC-03
    """
    async with database.sessions.begin() as session:
        dossier = await queries.dossier_to_change(session, target, Deed.APPROVAL)
        dossier.expect_running(version, now)
        plan = (await queries.procedure_of(session, dossier)).steps
        if is_last_word(dossier.step_kind, following(plan, dossier.step_id, dossier.known)):
            return None
        dossier.expect_step_for(Deed.APPROVAL)
        check_second_person(dossier.proposed_by, target.caller.subject)
        dossier.approved_by, dossier.approved_at = target.caller.subject, now
        at_hand = await queries.current_record(session, dossier)
        if dossier.step_kind == StepKind.SIGN:
            at_hand.remarks = remarks or None
            return dossier
        at_hand.end(Action.APPROVED, now, target.caller.subject, remarks)
        moved = dossier.advance(plan, now, rules.calendar)
        session.add_all(moved.records)
        await record(session, moved.event)
        return dossier
