"""Carry answers over: what the applicant told once of a person stands in the form again, to be edited."""

import uuid
from datetime import datetime

from common.security import Caller
from eforms import tidy
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.earlier import NothingToCarryError
from intake.models import Draft
from intake.queries.catalogue import pinned_procedure
from intake.queries.drafts import own_draft
from intake.queries.earlier import earlier_answers


async def carry_answers(
    session: AsyncSession, caller: Caller, draft_id: uuid.UUID, *, page: str, code: str, now: datetime
) -> Draft:
    """Fill the unanswered questions of a page from an earlier dossier of the caller; nothing that stands is changed.

    Raises:
        DraftNotFoundError: it is not an open draft of the caller.
        NothingToCarryError: no dossier of the caller with that code knows anything for the page.

    Source: TN PL.B1; TN Đ.21.7; R-VLT-06
    """
    draft = await own_draft(session, caller, draft_id, lock=True)
    offered = await earlier_answers(session, caller, draft, "vi")
    chosen = next((one for one in offered if (one.page, one.code) == (page, code)), None)
    if chosen is None:
        raise NothingToCarryError
    procedure = await pinned_procedure(session, draft.procedure_code, draft.procedure_version)
    draft.answers = tidy(procedure.form, {**draft.answers, **chosen.answers})
    draft.updated_at = now
    await session.flush()
    return draft
