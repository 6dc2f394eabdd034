"""Codes for the counter that nobody used go."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from qa.models import CounterCode


async def drop_codes(session: AsyncSession, now: datetime) -> None:
    """Forget which dossiers were offered to rate and were not. Source: R-SAT-05; R-SEC-20"""
    await session.execute(delete(CounterCode).where(CounterCode.until < now))
