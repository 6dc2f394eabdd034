"""Save what the applicant typed, right or wrong: a page, or whatever changed since."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from common.security import Caller
from eforms import taken_over, tidy
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from intake.models import Draft
from intake.queries.catalogue import pinned_procedure
from intake.queries.drafts import own_draft


async def save_answers(
    session: AsyncSession,
    caller: Caller,
    draft_id: uuid.UUID,
    typed: Mapping[str, Any],
    *,
    version: int | None,
    now: datetime,
) -> Draft:
    """Keep the answers as typed; an emptied answer is removed, an unknown one ignored, what another says taken over.

    `version` is the draft version the page was filled on; None saves over whatever is there.

    Raises:
        DraftNotFoundError: it is not an open draft of the caller.
        StaleVersionError: it was saved elsewhere meanwhile.
    """
    draft = await own_draft(session, caller, draft_id, lock=True)
    if version is not None:
        draft.expect(version)
    procedure = await pinned_procedure(session, draft.procedure_code, draft.procedure_version)
    known = {name: value for name, value in typed.items() if name in procedure.form.questions}
    answers = tidy(procedure.form, {**draft.answers, **known})
    draft.answers = taken_over(procedure.form, answers, local_day(now), draft.answers)
    draft.updated_at = now
    await session.flush()
    return draft
