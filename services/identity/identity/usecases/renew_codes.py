"""Renew the recovery codes: ten fresh ones in place of all older ones, for who showed the second factor."""

from datetime import datetime

from common.errors import ForbiddenError
from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.models import AccessEntry, Account, Action, RecoveryCode


async def renew_codes(
    session: AsyncSession, caller: Caller, *, visitor: Visitor, now: datetime
) -> tuple[Account, list[str]]:
    """Give fresh codes, told this once; older ones help nobody from now on.

    Raises: ForbiddenError where there is no second factor that they could stand for.
    Source: NB Đ.24.3; R-ACC-10; OWASP ASVS 5.0, 6.5.2
    """
    account = await queries.own_account(session, caller, lock=True)
    if not await queries.has_factor(session, account.id):
        raise ForbiddenError
    codes = await RecoveryCode.renew(session, account.id)
    session.add(AccessEntry.of(Action.RECOVERY_CODES_RENEWED, visitor, now, account.id))
    await session.flush()
    return account, codes
