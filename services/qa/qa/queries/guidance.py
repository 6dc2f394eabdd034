"""How to take part, as the coordinator last said it."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from qa.models import Guidance


async def guidance(session: AsyncSession) -> Guidance | None:
    """Return the newest edition. Source: TN Đ.24.4; R-QNA-26"""
    return (await session.scalars(select(Guidance).order_by(Guidance.edition.desc()).limit(1))).first()
