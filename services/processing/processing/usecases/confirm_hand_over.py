"""Note that another instance has the dossiers that were handed over to it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from processing.models import Elsewhere


async def confirm_hand_over(
    session: AsyncSession, codes: Sequence[str], by: str, agency: str | None, now: datetime
) -> None:
    """Write when the other instance said that it has them; only of its own agency can it say so."""
    theirs = Elsewhere.code.in_(codes), Elsewhere.holder == by, Elsewhere.agency == agency
    waiting = update(Elsewhere).where(*theirs, Elsewhere.version > 0, Elsewhere.taken_over_at.is_(None))
    await session.execute(waiting.values(taken_over_at=now))
