"""Keep what one look at the suite found: the month's availability is measured from these rows."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from common.copies import put
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from registers.domain.standing import PartFacts, service_of
from registers.models import Observation, Part
from registers.ports import BackupFacts

BACKUP = "backup"
"""The row about backups, among those about processes."""


async def observe(
    session: AsyncSession, found: Sequence[PartFacts], backup: BackupFacts | None, now: datetime
) -> None:
    """Keep which services did not answer, and how each process stands now. Source: R-OPS-01; R-OPS-08; R-OPS-16"""
    down = sorted({service_of(part.name) for part in found if not part.ready})
    session.add(Observation(at=now, down=down))
    rows = [{"name": part.name, "at": now, "facts": asdict(part)} for part in found]
    if backup is not None:
        told = {
            name: at.isoformat() if isinstance(at, datetime) else at for name, at in asdict(backup).items()
        }
        rows.append({"name": BACKUP, "at": now, "facts": told})
    await session.execute(delete(Part).where(Part.name.not_in([row["name"] for row in rows])))
    await put(session, Part, rows, there="replaced")
