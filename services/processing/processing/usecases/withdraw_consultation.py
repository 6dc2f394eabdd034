"""Take a request for an opinion back, with the reason."""

from datetime import datetime

from common.outbox import record
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.domain.consultation import TakenBackError, check_withdrawal
from processing.domain.deeds import Deed
from processing.domain.errors import AlreadyAnsweredError
from processing.events import ConsultationWithdrawn
from processing.models import Dossier
from processing.queries import Target, consultations


async def withdraw_consultation(
    session: AsyncSession, target: Target, number: int, *, version: int, reason: str, now: datetime
) -> Dossier:
    """End the wait for an opinion; who was asked is told, and both words stay on the dossier.

    Raises:
        ForbiddenError: the caller handles no dossiers.
        StaleVersionError: somebody changed the dossier meanwhile.
        StepNotYoursError: another officer handles the dossier.
        NotFoundError: nothing was asked under this number.
        InvalidInputError: the reason is empty.
        AlreadyAnsweredError: the opinion is there.
        TakenBackError: it was taken back already.

    Source: TN Đ.11.4.d; BD Đ.8.1.b; R-PRC-06; R-PRC-07
    """
    dossier = await queries.dossier_to_change(session, target, Deed.CONSULTATION)
    dossier.expect(version)
    dossier.expect_in_hands_of(target.caller.subject)
    asked = await consultations.one_of(session, dossier.code, number)
    if asked.answered_at is not None:
        raise AlreadyAnsweredError(dossier=dossier.code)
    if asked.withdrawn_at is not None:
        raise TakenBackError(dossier=dossier.code)
    asked.withdrawn_reason, asked.withdrawn_by = check_withdrawal(reason), target.caller.subject
    asked.withdrawn_at = now
    dossier.consulting -= 1
    tell = [one.id for one in await consultations.answerers(session, asked.agency, asked.unit)]
    plan = (await queries.procedure_of(session, dossier)).steps
    await record(session, dossier.tell(ConsultationWithdrawn, plan, now, **asked.told, tell=tell))
    await session.flush()
    return dossier
