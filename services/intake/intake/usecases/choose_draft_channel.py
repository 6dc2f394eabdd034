"""Choose how the result of a draft is to come back."""

import uuid
from datetime import datetime

from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.rules import choose_channel
from intake.models import Draft
from intake.ports import Means
from intake.queries.catalogue import pinned_procedure
from intake.queries.drafts import own_draft


async def choose_draft_channel(
    session: AsyncSession,
    means: Means,
    caller: Caller,
    draft_id: uuid.UUID,
    *,
    channel: str,
    address: str | None,
    now: datetime,
) -> Draft:
    """Keep the applicant's wish when the province and the level offer it.

    Raises:
        DraftNotFoundError, ResultChannelNotOfferedError, ResultAddressMissingError: as their names say.
    """
    draft = await own_draft(session, caller, draft_id, lock=True)
    procedure = await pinned_procedure(session, draft.procedure_code, draft.procedure_version)
    offer = procedure.offer(draft.agency)
    level = offer.service_level if offer else ""
    draft.result_channel = choose_channel(means.rules, level, channel, address)
    draft.result_address = address
    draft.updated_at = now
    await session.flush()
    return draft
