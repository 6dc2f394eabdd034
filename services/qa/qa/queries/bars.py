"""Who may not ask now."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from qa.models import Bar


async def running_bar(
    session: AsyncSession, day: date, *, account: str | None, id_number: str | None, email: str | None
) -> Bar | None:
    """Return a decision that keeps somebody known by these marks from asking on a day.

    Source: NB Đ.18.1.a; TN Đ.13.1; R-QNA-03
    """
    marks = ((Bar.account, account), (Bar.id_number, id_number), (Bar.email, email))
    same = [column == said for column, said in marks if said]
    if not same:
        return None
    running = select(Bar).where(Bar.ended_at.is_(None), Bar.until >= day, or_(*same))
    return (await session.scalars(running.order_by(Bar.until.desc()).limit(1))).first()


async def bars(session: AsyncSession, limit: int = 200) -> Sequence[Bar]:
    """List decisions, newest first."""
    return (await session.scalars(select(Bar).order_by(Bar.since.desc(), Bar.id.desc()).limit(limit))).all()
