"""Flag change requests whose time has passed, and tell."""

from datetime import datetime

from common.outbox import record
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from catalog.models import ChangeClock, ChangeRequest, request_overdue

AT_ONCE = 100


async def flag_change_requests(session: AsyncSession, now: datetime) -> int:
    """Mark what is due and not done, once each; returns how many.

    Source: requirements §0.3.2; NB Đ.11.1; NB Đ.11.2.b; R-CAT-03; R-CAT-15
    """
    waiting = ChangeClock.ended_at.is_(None), ChangeClock.overdue_at.is_(None), ChangeClock.due_at < now
    query = select(ChangeClock, ChangeRequest).join(ChangeRequest, ChangeRequest.id == ChangeClock.request)
    due = query.where(*waiting).order_by(ChangeClock.due_at).limit(AT_ONCE)
    rows = (await session.execute(due.with_for_update(of=ChangeClock, skip_locked=True))).tuples().all()
    for clock, request in rows:
        clock.overdue_at = now
        await record(session, request_overdue(clock, request, now))
    await session.flush()
    return len(rows)
