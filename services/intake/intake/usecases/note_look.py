"""Note that an officer opened a dossier elsewhere, as the service that showed it tells."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import Glance, Look


async def note_look(session: AsyncSession, glance: Glance, at: datetime) -> None:
    """Write the look down among those of its hour. Source: QT Đ.29.7; R-ACC-18; R-ACC-24"""
    await session.execute(Look.noting(glance, at))
