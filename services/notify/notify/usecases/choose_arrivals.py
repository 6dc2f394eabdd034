"""A desk officer chooses how to hear of what arrives."""

from datetime import datetime

from common.security import Caller
from regulation.roles import Right, who_may
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from notify.domain.arrivals import Arrivals
from notify.models import ArrivalChoice


async def choose_arrivals(session: AsyncSession, caller: Caller, arrivals: Arrivals, now: datetime) -> None:
    """Keep the caller's choice; the last one counts.

    Raises:
        ForbiddenError: the caller works at no desk.

    Source: NB Đ.24.1; R-NTF-10
    """
    caller.require(*who_may(Right.CHECK_DOSSIER))
    told = {"account": caller.subject, "arrivals": arrivals.value, "chosen_at": now}
    chosen = insert(ArrivalChoice).values(told)
    await session.execute(chosen.on_conflict_do_update(index_elements=["account"], set_=told))
