"""Carry a draft over to the version of the procedure that is in force now."""

import uuid
from datetime import datetime

from common.security import Caller
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import Draft
from intake.queries.catalogue import current_procedure
from intake.queries.drafts import own_draft


async def renew_draft(
    session: AsyncSession, caller: Caller, draft_id: uuid.UUID, *, version: int, now: datetime
) -> Draft:
    """Pin the draft to the current version; the answers stay and are judged anew.

    Raises:
        DraftNotFoundError, StaleVersionError, ProcedureNotFoundError: as their names say.
    """
    draft = await own_draft(session, caller, draft_id, lock=True)
    draft.expect(version)
    procedure = await current_procedure(session, draft.procedure_code, local_day(now))
    draft.procedure_version = procedure.version
    if draft.case_id not in procedure.case_ids:
        draft.case_id = procedure.usual_case
    draft.updated_at = now
    await session.flush()
    return draft
