"""Hand the result over: at the desk, by post, or online by the officer charged with it."""

from common.outbox import record
from regulation.channels import Channel
from regulation.states import State
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.deeds import Deed
from intake.domain.errors import DocumentNotReadyError
from intake.domain.life_cycle import Action
from intake.domain.papers import OF_THE_UNIT, PaperState
from intake.domain.rules import DeskRules
from intake.events import DossierReturned
from intake.models import Document, Dossier
from intake.queries.dossiers import Act
from intake.queries.pickup import refuse_uncompared


async def hand_over_result(act: Act, rules: DeskRules, *, way: str) -> Dossier:
    """Record that the result, or the reasoned rejection, is with the applicant, how and when.

    Raises:
        ForbiddenError, DossierNotFoundError, StaleVersionError.
        ActionNotAllowedError: there is no result yet, or it was handed over.
        ComparisonOpenError: something is still to be signed or compared.
        DocumentNotReadyError: an electronic result without a valid signature is not released.

    Source: TN Đ.11.5.a; TN PL.B5; QT Đ.19.3; NB Đ.14.2.a; R-RES-03, R-SUB-10
    """
    session, actor, now = act.session, act.actor, act.now
    dossier = await act.at_the_desk(Deed.HANDOVER)
    if dossier.state == State.RESULT_READY:
        await refuse_uncompared(session, rules, dossier)
    dossier.take(Action.RETURN, actor, now, details={"way": way})
    if way == Channel.ONLINE:
        await _check_paper(session, act.code)
    dossier.returned_at, dossier.return_way = now, way
    await session.flush()
    await record(session, DossierReturned(**dossier.facts(), returned_at=now, way=way))
    return dossier


async def _check_paper(session: AsyncSession, code: str) -> None:
    """Refuse to release a result whose signature did not hold."""
    paper = await session.scalar(
        select(Document)
        .where(Document.dossier_code == code, Document.kind.in_(OF_THE_UNIT), Document.revoked_at.is_(None))
        .order_by(Document.created_at.desc())
        .limit(1)
    )
    if paper is None or paper.state != PaperState.READY:
        raise DocumentNotReadyError(problem=paper.problem if paper else "missing")
