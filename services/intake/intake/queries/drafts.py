"""The drafts of a caller and the files in them."""

import uuid
from collections.abc import Sequence

from common.security import Caller
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.errors import DraftAlreadySubmittedError, DraftNotFoundError
from intake.models import Attachment, DiscardedFile, Draft


async def own_draft(
    session: AsyncSession, caller: Caller, draft_id: uuid.UUID, *, lock: bool = False
) -> Draft:
    """Return an open draft of the caller; `lock` makes rivals wait until this transaction ends.

    Raises:
        DraftNotFoundError: there is none, or it is somebody else's.
        DraftAlreadySubmittedError: it became a dossier.
    """
    statement = select(Draft).where(Draft.id == draft_id, Draft.owner_id == caller.subject)
    draft = await session.scalar(statement.with_for_update() if lock else statement)
    if draft is None:
        raise DraftNotFoundError
    if draft.submitted_code is not None:
        raise DraftAlreadySubmittedError(dossier=draft.submitted_code)
    return draft


async def own_drafts(session: AsyncSession, caller: Caller, limit: int = 50) -> Sequence[Draft]:
    """Return the caller's open drafts, last touched first."""
    statement = select(Draft).where(Draft.owner_id == caller.subject, Draft.submitted_code.is_(None))
    return (await session.scalars(statement.order_by(Draft.updated_at.desc()).limit(limit))).all()


async def drafts_of(session: AsyncSession, owner_id: str) -> Sequence[uuid.UUID]:
    """List all drafts of an account, submitted ones as well."""
    return (await session.scalars(select(Draft.id).where(Draft.owner_id == owner_id))).all()


async def drafts_count(session: AsyncSession, caller: Caller) -> int:
    """Count the caller's open drafts."""
    open_ones = select(func.count()).where(Draft.owner_id == caller.subject, Draft.submitted_code.is_(None))
    return await session.scalar(open_ones) or 0


async def discarded_bytes(session: AsyncSession, caller: Caller) -> int:
    """Return how much the caller took out of drafts that the store still holds."""
    held = select(func.sum(DiscardedFile.size)).where(DiscardedFile.owner_id == caller.subject)
    return await session.scalar(held) or 0


async def drafted_bytes(session: AsyncSession, caller: Caller) -> int:
    """Return how much lies in all open drafts of the caller."""
    held = func.coalesce(func.sum(Attachment.size), 0)
    statement = select(held).join(Draft, Draft.id == Attachment.draft_id)
    return (
        await session.scalar(
            statement.where(Draft.owner_id == caller.subject, Draft.submitted_code.is_(None))
        )
        or 0
    )


async def draft_files(session: AsyncSession, draft_id: uuid.UUID) -> Sequence[Attachment]:
    """Return the files of a draft in the order they came."""
    statement = select(Attachment).where(Attachment.draft_id == draft_id, Attachment.replaced_at.is_(None))
    return (await session.scalars(statement.order_by(Attachment.uploaded_at, Attachment.id))).all()
