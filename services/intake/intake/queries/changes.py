"""What others did to an applicant's own dossiers since an instant."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from common.security import Caller
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.life_cycle import Action
from intake.models import Dossier, Step
from intake.queries.dossiers import own

MOST: Final = 200
"""Steps that are told of; older ones stand in the dossier's own story."""
INTERNAL: Final = frozenset({Action.CHECK, Action.APPROVE_SUPPLEMENT, Action.DRAFT_SUPPLEMENT})
"""What the applicant is not told of: the desk's work before its word."""


async def changes_since(
    session: AsyncSession, caller: Caller, since: datetime
) -> Sequence[tuple[Dossier, Step]]:
    """Return what others did to the caller's own dossiers since an instant, the newest first.

    Source: BD Đ.15.4; QT Đ.30.1; HN Đ.5.2; R-TRK-14
    """
    told = select(Dossier, Step).join(Step, Step.dossier_code == Dossier.code)
    others = told.where(own(caller), Step.at > since, Step.actor_id != caller.subject)
    shown = others.where(Step.action.not_in(INTERNAL)).order_by(Step.at.desc(), Step.id.desc()).limit(MOST)
    return (await session.execute(shown)).tuples().all()
