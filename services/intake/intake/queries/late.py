"""Outages, and what was received on paper during them and waits for a second person."""

from collections.abc import Sequence
from datetime import datetime

from common.database import Database
from common.security import Caller
from regulation.roles import Right
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.late import LATEST, Late
from intake.domain.late import Outage as Down
from intake.models import Dossier, Outage
from intake.models.indexes import LATE_WAITS
from intake.queries.dossiers import desk_scope


async def must_be_in_outage(database: Database, late: Late, now: datetime, *, allowed: bool) -> None:
    """Let pass what was received during a declared outage. Raises: what `must_fit` raises."""
    pool = await database.pool()
    row = await pool.fetchrow("select began_at, ended_at from outage where number = $1", late.outage)
    late.must_fit(Down(row["began_at"], row["ended_at"]) if row else None, now, allowed=allowed)


async def outages(session: AsyncSession, now: datetime) -> Sequence[Outage]:
    """Return the outages that papers may have been received in, the newest first."""
    known = select(Outage).where(Outage.began_at <= now, Outage.began_at.is_not(None))
    ended = known.where((Outage.ended_at.is_(None)) | (Outage.ended_at > now - LATEST))
    return (await session.scalars(ended.order_by(Outage.began_at.desc()).limit(20))).all()


async def late_entries(session: AsyncSession, caller: Caller) -> Sequence[Dossier]:
    """Return the late entries within reach that wait for a second person, the oldest first."""
    waiting = select(Dossier).where(desk_scope(caller, Right.ACCEPT_DOSSIER), LATE_WAITS)
    return (await session.scalars(waiting.order_by(Dossier.submitted_at, Dossier.code).limit(200))).all()
