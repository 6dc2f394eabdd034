"""Name the submitter of a draft: the applicant, or somebody who acts for the applicant."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.submitter import kept
from intake.models import Draft
from intake.queries.drafts import own_draft


async def name_submitter(
    session: AsyncSession, caller: Caller, draft_id: uuid.UUID, typed: Mapping[str, Any], *, now: datetime
) -> Draft:
    """Keep as typed who hands the dossier in and for whom.

    Raises:
        DraftNotFoundError, DraftAlreadySubmittedError, InvalidInputError: as their names say.

    Source: NB Đ.1.2.d; R-SUB-18
    """
    draft = await own_draft(session, caller, draft_id, lock=True)
    draft.submitter, draft.updated_at = kept(typed), now
    await session.flush()
    return draft
