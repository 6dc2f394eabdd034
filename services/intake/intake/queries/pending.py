"""What still waits for the printer or the scanner, oldest first."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.attachments import Scan
from intake.domain.papers import PaperState, is_quiet
from intake.models import Attachment, Document


async def pending_documents(session: AsyncSession, now: datetime, limit: int = 200) -> Sequence[uuid.UUID]:
    """Return the papers to be printed now: those to be signed, and in the quiet hours those nobody has opened yet."""
    statement = select(Document.id).where(Document.state == PaperState.PENDING)
    if not is_quiet(now):
        statement = statement.where(Document.must_sign)
    return (await session.scalars(statement.order_by(Document.created_at).limit(limit))).all()


async def pending_scans(session: AsyncSession, limit: int = 100) -> Sequence[uuid.UUID]:
    """Return the files the scanner has not seen yet."""
    statement = select(Attachment.id).where(Attachment.scan == Scan.PENDING)
    return (await session.scalars(statement.order_by(Attachment.uploaded_at).limit(limit))).all()
