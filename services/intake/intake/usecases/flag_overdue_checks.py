"""Flag the dossiers whose check is overdue."""

from datetime import datetime
from typing import Any, cast

from regulation.states import State
from sqlalchemy import CursorResult, update
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import Dossier
from intake.models.indexes import EVERYWHERE


async def flag_overdue_checks(session: AsyncSession, now: datetime) -> int:
    """Raise the flag on every unchecked dossier past its check deadline; it never comes down again.

    Source: TN Đ.11.3.a; R-INT-02
    """
    late = (
        update(Dossier)
        .where(
            Dossier.state == State.SUBMITTED,
            Dossier.next_due_at < now,
            Dossier.check_overdue.is_(False),
            EVERYWHERE,
        )
        .values(check_overdue=True)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", await session.execute(late)).rowcount
