"""Note that an officer opened a dossier elsewhere, as the service that showed it tells."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import Glance, Look
from intake.queries.dossiers import must_be_settled_by


async def note_look(session: AsyncSession, glance: Glance, at: datetime, agency: str | None) -> None:
    """Write the look down among those of its hour; `agency` is whose word it is.

    Raises: NotYetError, ForeignDossierError.

    Source: QT Đ.29.7; R-ACC-18; R-ACC-24
    """
    await must_be_settled_by(session, glance.dossier_code, agency)
    await session.execute(*Look.noting(glance, at))
