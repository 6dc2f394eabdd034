"""Forget drafts nobody touched for long, and those that became dossiers."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import Attachment, Draft

KEPT = timedelta(days=180)
KEPT_AFTER_SUBMISSION = timedelta(days=7)


async def forget_drafts(session: AsyncSession, now: datetime, limit: int = 1000) -> int:
    """Delete abandoned drafts after 180 days and submitted ones after seven; returns how many went."""
    old = (
        select(Draft.id)
        .where(
            or_(
                Draft.updated_at < now - KEPT,
                Draft.submitted_code.is_not(None) & (Draft.updated_at < now - KEPT_AFTER_SUBMISSION),
            )
        )
        .limit(limit)
    )
    ids = list(await session.scalars(old))
    await session.execute(delete(Attachment).where(Attachment.draft_id.in_(ids)))
    await session.execute(delete(Draft).where(Draft.id.in_(ids)))
    return len(ids)
