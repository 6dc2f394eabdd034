"""Forget drafts nobody touched for long, and those that became dossiers."""

from datetime import datetime

from audit import did
from regulation.retention import Record, Retention, key_of
from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import Attachment, DiscardedFile, Draft
from intake.queries.holds import is_held

BATCH = 500


async def forget_drafts(
    session: AsyncSession, retention: Retention, now: datetime, limit: int = BATCH
) -> int:
    """Erase a batch of abandoned drafts, and of submitted ones, with their files; return how many went.

    The access log says how many. A dossier is touched by nothing here, nor what a decision keeps.
    Source: R-SUB-03; R-SEC-20
    """
    submitted = Draft.submitted_code.is_not(None)
    which: dict[Record, ColumnElement[bool]] = {
        Record.DRAFT: ~submitted,
        Record.SUBMITTED_DRAFT: submitted,
    }
    free, gone = ~is_held(Draft.owner_id, dossier=Draft.submitted_code), 0
    for record, kind in which.items():
        old = (
            select(Draft.id)
            .where(kind, Draft.updated_at < retention.over_before(record, now), free)
            .limit(limit)
        )
        # A draft that somebody is writing in at this moment is left to the next time.
        ids = list(await session.scalars(old.with_for_update(skip_locked=True)))
        if not ids:
            continue
        await session.execute(delete(Attachment).where(Attachment.draft_id.in_(ids)))
        await session.execute(delete(Draft).where(Draft.id.in_(ids)))
        await did(session, "intake", "forget-drafts", subject=record, purpose=key_of(record), count=len(ids))
        gone += len(ids)
    return gone


async def forget_discarded(session: AsyncSession, retention: Retention, now: datetime) -> None:
    """Stop counting files taken out of drafts once the store lets them go: laid aside, and as long again after."""
    stored = 2 * retention.of(Record.UPLOAD)
    await session.execute(
        delete(DiscardedFile).where(DiscardedFile.at < now - stored, ~is_held(DiscardedFile.owner_id))
    )
