"""A person says that the account is in somebody else's hands: everything ends, and only a new password leads back."""

from datetime import datetime

from common.outbox import record
from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.ways_in import control_lost_letter
from identity.models import AccessEntry, Action, KnownDevice
from identity.ports import Letter


async def report_control_lost(
    session: AsyncSession, caller: Caller, *, recovery: str, visitor: Visitor, now: datetime
) -> Letter:
    """End every sign-in, the caller's own too, forget all devices, void the password, announce it; give the letter.

    No password is asked: whoever took the account may have changed it. The second factor stays.

    Source: NB Đ.24.3; TN Đ.22.2.d; R-ACC-15
    """
    account = await queries.own_account(session, caller, lock=True)
    for signed_in in await queries.open_sessions(session, account.id):
        signed_in.end(now)
    await KnownDevice.forget_all(session, account.id)
    account.lose_password()
    session.add(AccessEntry.of(Action.CONTROL_LOST, visitor, now, account.id))
    await session.flush()
    await record(session, account.control_lost(now))
    return Letter(account.email, *control_lost_letter(recovery, officer=account.is_officer))
