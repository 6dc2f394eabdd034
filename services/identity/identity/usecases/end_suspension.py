"""End a suspension before its day: refuse it while it waits, or lift it, for instance after an appeal."""

import uuid
from datetime import datetime

from common.security import Caller
from regulation.roles import Right, who_may
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.letters import suspension_ended_letter
from identity.models import AccessEntry, Action
from identity.ports import Letter


async def end_suspension(
    session: AsyncSession,
    caller: Caller,
    suspension_id: uuid.UUID,
    reason: str,
    *,
    visitor: Visitor,
    now: datetime,
) -> Letter | None:
    """End a suspension with a reason; give the letter to the person where it had counted.

    Raises: ForbiddenError, NotFoundError, SuspensionDecidedError.
    Source: R-SEC-08
    """
    caller.require(*who_may(Right.CONFIRM_SUSPENSION))
    found = await queries.suspension(session, suspension_id)
    found.end(caller.subject, reason, now)
    account = await queries.account(session, str(found.account_id))
    session.add(AccessEntry.of(Action.SUSPENSION_ENDED, visitor, now, account.id, caller.subject))
    if found.confirmed_at is None:
        return None
    # Tokens say that they only read: the person signs in again and may do everything.
    for signed_in in await queries.open_sessions(session, account.id):
        signed_in.end(now)
    return Letter(account.email, *suspension_ended_letter(found.decision_number, reason))
