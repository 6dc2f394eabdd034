"""Give the opinion of a unit or agency that was asked for it."""

import uuid
from datetime import datetime

from common.outbox import record
from common.security import Caller
from regulation.roles import Right, who_may
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from processing import queries
from processing.domain.consultation import TakenBackError, check_answer
from processing.domain.errors import AlreadyAnsweredError, DossierClosedError
from processing.events import ConsultationAnswered
from processing.models import Consultation, Dossier
from processing.queries import consultations


async def answer_consultation(
    session: AsyncSession,
    caller: Caller,
    agency: str,
    consultation_id: uuid.UUID,
    *,
    answer: str,
    now: datetime,
) -> tuple[Consultation, Dossier]:
    """Attach the opinion to the dossier; a late one too, beside the note that there was none in time.

    Raises:
        ForbiddenError: the caller takes no steps.
        NotFoundError: his unit and agency were not asked.
        InvalidInputError: the answer is empty.
        AlreadyAnsweredError: somebody answered before.
        TakenBackError: the request was taken back.
        DossierClosedError: the dossier is decided.

    Source: BD Đ.8.1.b; TN Đ.11.4.d; R-PRC-06; R-PRC-07
    """
    caller.require(*who_may(Right.TAKE_STEP))
    said = check_answer(answer)
    found, _ = await consultations.one_asked(session, caller, agency, consultation_id)
    locked = select(Dossier).where(Dossier.code == found.dossier_code).with_for_update()
    dossier = (await session.scalars(locked.execution_options(populate_existing=True))).one()
    await session.refresh(found, with_for_update=True)
    _expect_open(found, dossier)
    found.answer, found.answered_by, found.answered_at = said, caller.subject, now
    # A statement, not a change of the row: an opinion makes nobody's half-written proposal stale.
    one_less = {"announced": Dossier.announced + 1, "consulting": Dossier.consulting - 1}
    await session.execute(update(Dossier).where(Dossier.code == dossier.code).values(one_less))
    await session.refresh(dossier)
    plan = (await queries.procedure_of(session, dossier)).steps
    said_of = {**dossier.present(plan, now), **found.told, "answered_at": now}
    await record(session, ConsultationAnswered(**said_of))
    return found, dossier


def _expect_open(found: Consultation, dossier: Dossier) -> None:
    """Refuse an answer nobody waits for. Raises: AlreadyAnsweredError, TakenBackError, DossierClosedError."""
    if found.answered_at is not None:
        raise AlreadyAnsweredError(dossier=dossier.code)
    if found.withdrawn_at is not None:
        raise TakenBackError(dossier=dossier.code)
    if dossier.closed:
        raise DossierClosedError(dossier=dossier.code)
