"""Withhold a paper: its owner does not want it offered any more, or wants it offered again."""

import uuid
from datetime import datetime

from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.vault import Kind
from intake.domain.vault_errors import ResultStaysError
from intake.models import VaultPaper
from intake.queries.vault import own_paper


async def withhold_paper(
    session: AsyncSession, caller: Caller, paper_id: uuid.UUID, *, offered: bool, now: datetime
) -> VaultPaper:
    """Take an own paper out of what forms offer, or put it back; nothing is deleted, and a result stays.

    Raises:
        PaperNotFoundError, ResultStaysError: as their names say.

    Source: QT Đ.20.1; QT Đ.20.2; R-VLT-02; R-VLT-08
    """
    paper = await own_paper(session, caller.subject, paper_id, lock=True)
    if paper.kind == Kind.RESULT:
        raise ResultStaysError(field="offered", rule="result")
    paper.withheld_at = None if offered else paper.withheld_at or now
    await session.flush()
    return paper
