"""Take a file out of a draft again."""

import uuid
from datetime import datetime

from common.security import Caller
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.errors import FileNotFoundInDossierError, HeldByDecisionError
from intake.domain.vault import VAULT
from intake.models import Attachment, DiscardedFile
from intake.queries.drafts import own_draft
from intake.queries.holds import is_held
from intake.queries.vault import files_taken_with


async def detach_file(
    session: AsyncSession, caller: Caller, draft_id: uuid.UUID, file_id: uuid.UUID, *, now: datetime
) -> None:
    """Remove a file from an open draft of the caller; it counts for its owner as long as the store holds it.

    What came out of the vault goes whole and counts for nobody: it is stored anyway.

    Raises:
        DraftNotFoundError, FileNotFoundInDossierError, HeldByDecisionError: as their names say.
    """
    draft = await own_draft(session, caller, draft_id, lock=True)
    if await session.scalar(select(is_held(caller.subject))):
        raise HeldByDecisionError
    together = await files_taken_with(session, file_id)
    gone = delete(Attachment).where(Attachment.id.in_(together), Attachment.draft_id == draft.id)
    removed = (await session.execute(gone.returning(Attachment.size, Attachment.source))).all()
    if not removed:
        raise FileNotFoundInDossierError
    own = sum(size for size, source in removed if source != VAULT)
    if own:
        session.add(DiscardedFile(owner_id=caller.subject, size=own, at=now))
