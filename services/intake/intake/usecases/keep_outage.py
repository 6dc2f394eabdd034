"""Keep when the system was down, as the books of incidents and of maintenance tell it."""

from datetime import datetime

from common.copies import keep_newest
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import Outage


async def keep_outage(
    session: AsyncSession, number: str, began_at: datetime | None, ended_at: datetime | None, version: int
) -> None:
    """Write an outage down unless something newer is known already. Source: QT Đ.12.1; R-INT-20"""
    told = {"number": number, "began_at": began_at, "ended_at": ended_at}
    await keep_newest(session, Outage, told, version=version)
