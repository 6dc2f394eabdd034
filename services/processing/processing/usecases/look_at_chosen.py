"""Look at dossiers that were chosen for one deed; their owners are told who read what would be signed."""

from collections.abc import Sequence
from datetime import datetime

from common.outbox import record
from common.security import Caller
from regulation.roles import Part
from sqlalchemy.ext.asyncio import AsyncSession

from processing.domain.bulk import BulkDeed
from processing.models import Dossier
from processing.queries import bulks


async def look_at_chosen(
    session: AsyncSession, caller: Caller, agency: str, asked: tuple[BulkDeed, Sequence[str]], now: datetime
) -> list[Dossier]:
    """Return the chosen dossiers within reach; before a signature each look is announced.

    Raises:
        NotFoundError: none of them is within reach.

    Source: BD Đ.8; QT Đ.29.7; R-PRC-11; R-ACC-24
    """
    deed, codes = asked
    found = await bulks.chosen(session, caller, agency, codes)
    if deed is BulkDeed.SIGNATURE:
        await record(session, *(one.looked_at(Part.DRAFT_DECISION, caller, now) for one in found))
    return found
