"""Bars that run get the marks by which an account is known, also those that were entered without the key of now."""

from datetime import datetime

from regulation.zone import local_day
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from qa.models import Bar


async def mark_bars(session: AsyncSession, key: str, now: datetime) -> int:
    """Mark whom running decisions are against; return how many were marked anew.

    Source: NB Đ.18.1.a; TN Đ.13.1; R-QNA-03
    """
    running = select(Bar).where(Bar.ended_at.is_(None), Bar.until >= local_day(now))
    found = (await session.scalars(running.with_for_update())).all()
    return sum([bar.mark(key) for bar in found])
