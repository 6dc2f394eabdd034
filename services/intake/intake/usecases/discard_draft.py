"""Throw a draft away, at the applicant's own wish."""

import uuid
from datetime import datetime

from common.security import Caller
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.errors import HeldByDecisionError
from intake.domain.vault import VAULT
from intake.models import Attachment, DiscardedFile
from intake.queries.drafts import own_draft
from intake.queries.holds import is_held


async def discard_draft(session: AsyncSession, caller: Caller, draft_id: uuid.UUID, *, now: datetime) -> None:
    """Delete an open draft and its file rows; the files count for their owner as long as the store holds them.

    Raises:
        DraftNotFoundError: it is not an open draft of the caller.
        HeldByDecisionError: a decision keeps what the caller has.
    """
    draft = await own_draft(session, caller, draft_id, lock=True)
    if await session.scalar(select(is_held(caller.subject))):
        raise HeldByDecisionError
    gone = delete(Attachment).where(Attachment.draft_id == draft.id)
    for size, source in (await session.execute(gone.returning(Attachment.size, Attachment.source))).all():
        if source != VAULT:
            session.add(DiscardedFile(owner_id=caller.subject, size=size, at=now))
    await session.delete(draft)
    await session.flush()
