"""Keep one's account after all: the closing is taken back while nothing is erased."""

from datetime import datetime

from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.models import AccessEntry, Action


async def keep_account(session: AsyncSession, caller: Caller, *, visitor: Visitor, now: datetime) -> None:
    """Take the closing of the caller's account back; every sign-in ends, because its token still only reads."""
    account = await queries.own_account(session, caller, lock=True)
    if account.closing_at is None:
        return
    account.closing_at = None
    for signed_in in await queries.open_sessions(session, account.id):
        signed_in.end(now)
    session.add(AccessEntry.of(Action.CLOSING_UNDONE, visitor, now, account.id))
