"""Let a leader send a dossier back to the specialist with remarks."""

from datetime import datetime

from common.outbox import record
from procedures.flow import specialist_step
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.domain.decision import check_remarks
from processing.domain.deeds import Deed
from processing.domain.outcomes import Action
from processing.domain.rules import HandlingRules
from processing.events import DossierSentBack
from processing.models import Dossier
from processing.queries import Target


async def send_back_dossier(
    session: AsyncSession,
    target: Target,
    *,
    version: int,
    remarks: str,
    now: datetime,
    rules: HandlingRules,
) -> Dossier:
    """End the leader's step as sent back and begin the specialist's step anew, with its own deadline.

    Raises:
        ForbiddenError: the caller is no leader.
        StaleVersionError: somebody changed the dossier meanwhile.
        StepOutOfOrderError: the dossier is not with the leader.
        InvalidInputError: the remarks are empty.

    Source: BD Đ.8; HN Đ.12; R-PRC-03
    """
    dossier = await queries.dossier_to_change(session, target, Deed.SENDING_BACK)
    dossier.expect_running(version, now)
    dossier.expect_step_for(Deed.SENDING_BACK)
    said = check_remarks(remarks)
    plan = (await queries.procedure_of(session, dossier)).steps
    at_hand = await queries.current_record(session, dossier)
    at_hand.end(Action.SENT_BACK, now, target.caller.subject, said)
    dossier.sent_back_at, dossier.sent_back_remarks = now, said
    dossier.approved_by = dossier.approved_at = None
    session.add(dossier.enter(specialist_step(plan, dossier.step_id, dossier.known), now, rules.calendar))
    await record(session, dossier.tell(DossierSentBack, plan, now))
    return dossier
