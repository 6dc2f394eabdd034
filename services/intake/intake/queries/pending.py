"""What still waits for the printer or the scanner, oldest first."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.attachments import Scan
from intake.domain.papers import PaperState
from intake.models import Attachment, Document


async def pending_documents(session: AsyncSession, limit: int = 200) -> Sequence[uuid.UUID]:
    """Return the papers decided on but not printed yet."""
    statement = select(Document.id).where(Document.state == PaperState.PENDING)
    return (await session.scalars(statement.order_by(Document.created_at).limit(limit))).all()


async def pending_scans(session: AsyncSession, limit: int = 100) -> Sequence[uuid.UUID]:
    """Return the files the scanner has not seen yet."""
    statement = select(Attachment.id).where(Attachment.scan == Scan.PENDING)
    return (await session.scalars(statement.order_by(Attachment.uploaded_at).limit(limit))).all()
