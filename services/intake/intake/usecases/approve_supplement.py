"""Allow a further supplement request, as a leader, with the ground."""

from datetime import datetime

from common.security import Caller
from regulation.roles import Right, who_may
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.life_cycle import Action
from intake.models import Dossier
from intake.queries.dossiers import acting, desk_dossier


async def approve_supplement(
    session: AsyncSession,
    caller: Caller,
    code: str,
    ground: str,
    *,
    version: int,
    now: datetime,
) -> Dossier:
    """Record who allows the next supplement request and why; it serves that one request only.

    Raises:
        ForbiddenError, DossierNotFoundError, StaleVersionError, ActionNotAllowedError: as their names say.

    Source: NB Đ.16.1.a; R-INT-05
    """
    caller.require(*who_may(Right.APPROVE_SUPPLEMENT))
    actor = acting(caller)
    dossier = await desk_dossier(session, caller, code, lock=True)
    dossier.expect(version)
    dossier.take(Action.APPROVE_SUPPLEMENT, actor, now, reason=ground)
    dossier.supplement_approval = {"by": actor.id, "ground": ground, "for": dossier.supplement_count + 1}
    await session.flush()
    return dossier
