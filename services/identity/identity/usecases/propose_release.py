"""Propose to let go of what a decision keeps, by another decision; until a second person confirms, all is kept."""

import uuid
from datetime import datetime

from common.outbox import record
from common.security import Caller
from regulation.roles import Right, who_may
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.holding import HoldDecision
from identity.models import Hold


async def propose_release(
    session: AsyncSession, caller: Caller, hold_id: uuid.UUID, decision: HoldDecision, *, now: datetime
) -> Hold:
    """Propose the end of a hold.

    Raises: ForbiddenError, NotFoundError, HoldDecidedError.
    Source: R-SEC-20
    """
    caller.require(*who_may(Right.HOLD_RECORDS))
    found = await queries.hold(session, hold_id)
    found.propose_release(decision, caller.subject, now)
    await record(session, found.changed(now))
    return found
