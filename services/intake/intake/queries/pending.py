"""What still waits for the printer, oldest first, for the scanner, or for somebody to look at its signature."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from files.scanning import Scan
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.papers import PaperState, is_quiet
from intake.domain.vault import Signed
from intake.models import Attachment, Document, VaultPaper


async def pending_documents(session: AsyncSession, now: datetime, limit: int = 200) -> Sequence[uuid.UUID]:
    """Return the papers to be printed now: those to be signed, and in the quiet hours those nobody has opened yet."""
    statement = select(Document.id).where(Document.state == PaperState.PENDING)
    if not is_quiet(now):
        statement = statement.where(Document.must_sign)
    return (await session.scalars(statement.order_by(Document.created_at).limit(limit))).all()


async def pending_scans(session: AsyncSession, limit: int = 100) -> Sequence[uuid.UUID]:
    """Return files the scanner has not seen yet, some of all: those that always take too long keep none back."""
    statement = select(Attachment.id).where(Attachment.scan == Scan.PENDING)
    return (await session.scalars(statement.order_by(func.random()).limit(limit))).all()


async def unchecked_papers(session: AsyncSession, limit: int = 100) -> Sequence[uuid.UUID]:
    """Return kept papers whose signature nobody checked yet, oldest first."""
    statement = select(VaultPaper.id).where(VaultPaper.signature == Signed.UNCHECKED)
    return (await session.scalars(statement.order_by(VaultPaper.kept_at).limit(limit))).all()
