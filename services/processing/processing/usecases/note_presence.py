"""Note that an officer looked at his work list."""

from datetime import datetime, timedelta

from common.security import Caller
from sqlalchemy import or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from processing.models import Officer

OFTEN_ENOUGH = timedelta(minutes=10)


async def note_presence(session: AsyncSession, caller: Caller, now: datetime) -> None:
    """Write when the officer was last seen, at most every ten minutes; a reminder starts over from here.

    Source: NB Đ.24.1; R-PRC-16
    """
    stale = or_(Officer.last_seen_at.is_(None), Officer.last_seen_at < now - OFTEN_ENOUGH)
    seen = update(Officer).where(Officer.id == caller.subject, stale)
    await session.execute(seen.values(last_seen_at=now, idle_told=None))
