"""Keep whose dossier it is and until when its result is due."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from notify.models import Dossier


@dataclass(frozen=True)
class DossierCopy:
    """What notify keeps of a dossier."""

    code: str
    version: int
    owner_id: str | None
    submitter_id: str | None
    procedure_code: str
    procedure_version: int
    channel: str
    receiving_point: str
    competent_agency: str
    due_at: datetime | None


async def keep_dossier(session: AsyncSession, copy: DossierCopy) -> None:
    """Write the newest facts; an older fact changes nothing, and a known due time is never lost."""
    row = await session.get(Dossier, copy.code, with_for_update=True)
    if row is None:
        row = Dossier(code=copy.code, version=0, due_at=None)
        session.add(row)
    if copy.version <= row.version:
        return
    row.version, row.owner_id, row.submitter_id = copy.version, copy.owner_id, copy.submitter_id
    row.procedure_code, row.procedure_version = copy.procedure_code, copy.procedure_version
    row.channel, row.receiving_point = copy.channel, copy.receiving_point
    row.competent_agency, row.due_at = copy.competent_agency, copy.due_at or row.due_at
    await session.flush()
