"""Say the second word on a hold or on its end."""

import uuid
from datetime import datetime

from common.outbox import record
from common.security import Caller
from regulation.roles import Right, who_may
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.models import Hold


async def decide_hold(
    session: AsyncSession, caller: Caller, hold_id: uuid.UUID, *, yes: bool, now: datetime
) -> Hold:
    """Confirm or refuse what waits: that something is kept, or that it is let go.

    Raises: ForbiddenError, NotFoundError, SecondKeeperNeededError, HoldDecidedError.
    Source: requirements C, segregation rules; R-SEC-20
    """
    caller.require(*who_may(Right.CONFIRM_HOLD))
    found = await queries.hold(session, hold_id)
    if yes:
        found.confirm(caller.subject, now)
    else:
        found.refuse(caller.subject, now)
    await record(session, found.changed(now))
    return found
