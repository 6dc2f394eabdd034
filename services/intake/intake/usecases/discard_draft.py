"""Throw a draft away, at the applicant's own wish."""

import uuid

from common.security import Caller
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import Attachment
from intake.queries.drafts import own_draft


async def discard_draft(session: AsyncSession, caller: Caller, draft_id: uuid.UUID) -> None:
    """Delete an open draft and its file rows.

    Raises:
        DraftNotFoundError: it is not an open draft of the caller.
    """
    draft = await own_draft(session, caller, draft_id, lock=True)
    await session.execute(delete(Attachment).where(Attachment.draft_id == draft.id))
    await session.delete(draft)
    await session.flush()
