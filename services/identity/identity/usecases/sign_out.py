"""Sign out: end the sign-in the caller's token belongs to."""

import uuid
from datetime import datetime

from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from identity.domain.devices import Visitor
from identity.domain.sessions import session_of
from identity.models import AccessEntry, Action, SignInSession


async def sign_out(session: AsyncSession, caller: Caller, *, visitor: Visitor, now: datetime) -> None:
    """End the caller's sign-in; ending one that is over, or unknown, does nothing."""
    try:
        key = uuid.UUID(session_of(caller.token_id))
    except ValueError:
        return
    signed_in = await session.get(SignInSession, key, with_for_update=True)
    if signed_in is None or str(signed_in.account_id) != caller.subject or signed_in.ended_at is not None:
        return
    signed_in.end(now)
    session.add(AccessEntry.of(Action.SIGNED_OUT, visitor, now, signed_in.account_id))
