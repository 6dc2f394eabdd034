"""Refuse to take a dossier, with reason and legal basis."""

from datetime import datetime

from common.outbox import record
from common.security import Caller
from regulation.roles import Right, who_may
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.errors import SigningImpossibleError
from intake.domain.life_cycle import Action
from intake.domain.papers import Paper, paper_number
from intake.events import DossierRefused
from intake.models import Document, Dossier
from intake.ports import Means
from intake.queries.dossiers import acting, desk_dossier


async def refuse_dossier(
    session: AsyncSession,
    means: Means,
    caller: Caller,
    code: str,
    *,
    reason: str,
    legal_basis: str,
    version: int,
    now: datetime,
) -> Dossier:
    """Close the dossier as refused and issue the refusal slip; also ends a supplement nobody answered.

    Raises:
        ForbiddenError, DossierNotFoundError, StaleVersionError, ActionNotAllowedError, SigningImpossibleError.

    Source: TN Đ.11.3.b; R-INT-04, R-INT-07, R-INT-19
    """
    caller.require(*who_may(Right.REFUSE_DOSSIER))
    actor = acting(caller)
    dossier = await desk_dossier(session, caller, code, lock=True)
    dossier.expect(version)
    must_sign = means.rules.must_sign(Paper.REFUSAL)
    if must_sign and not means.printer.can_sign(dossier.receiving_point):
        raise SigningImpossibleError
    paper = paper_number(Paper.REFUSAL, code, 1)
    step = dossier.take(
        Action.REFUSE, actor, now, reason=reason, paper=paper, details={"legal_basis": legal_basis}
    )
    dossier.decide(actor, now)
    content = {"reason": reason, "legal_basis": legal_basis}
    session.add(Document.decided(step, Paper.REFUSAL, dossier, content, sign=must_sign))
    await session.flush()
    await record(session, DossierRefused(**dossier.facts(), refused_at=now))
    return dossier
