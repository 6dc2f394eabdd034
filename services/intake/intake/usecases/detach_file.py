"""Take a file out of a draft again."""

import uuid
from datetime import datetime

from common.security import Caller
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.errors import FileNotFoundInDossierError, HeldByDecisionError
from intake.models import Attachment, DiscardedFile
from intake.queries.drafts import own_draft
from intake.queries.holds import is_held


async def detach_file(
    session: AsyncSession, caller: Caller, draft_id: uuid.UUID, file_id: uuid.UUID, *, now: datetime
) -> None:
    """Remove a file from an open draft of the caller; it counts for its owner as long as the store holds it.

    Raises:
        DraftNotFoundError, FileNotFoundInDossierError, HeldByDecisionError: as their names say.
    """
    draft = await own_draft(session, caller, draft_id, lock=True)
    if await session.scalar(select(is_held(caller.subject))):
        raise HeldByDecisionError
    gone = delete(Attachment).where(Attachment.id == file_id, Attachment.draft_id == draft.id)
    removed = await session.scalar(gone.returning(Attachment.size))
    if removed is None:
        raise FileNotFoundInDossierError
    session.add(DiscardedFile(owner_id=caller.subject, size=removed, at=now))
