"""Whom an ended decision kept from asking goes when its time is over; that there was one stays."""

from datetime import datetime

from audit import did
from regulation.retention import Record, Retention, key_of
from regulation.zone import local_day
from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from qa.models import Bar, Hold


async def erase_bars(session: AsyncSession, retention: Retention, now: datetime) -> int:
    """Erase account, number, contacts and grounds of bars that ended long ago; return how many.

    Source: NB Đ.18.1.a; TN Đ.13.1; R-QNA-03; R-SEC-20
    """
    before = retention.over_before(Record.BAR, now)
    over = or_(Bar.ended_at < before, Bar.until < local_day(before))
    ended = select(Bar).where(
        over, ~Hold.of(Bar.account), or_(Bar.of_somebody(), func.length(Bar.ground) > 0)
    )
    found = (await session.scalars(ended.with_for_update())).all()
    for bar in found:
        bar.account = bar.id_number = bar.email = bar.phone = None
        bar.proofs = []
        bar.ground, bar.end_reason = "", "" if bar.ended_at else None
    if found:
        purpose = key_of(Record.BAR)
        await did(session, "qa", "forget-askers", subject=Record.BAR, purpose=purpose, count=len(found))
    return len(found)
