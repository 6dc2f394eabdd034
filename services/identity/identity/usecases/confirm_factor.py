"""Confirm a second factor: the app's first right code turns it on and brings the recovery codes."""

from datetime import datetime

from audit import trying
from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.errors import FactorWrongError
from identity.domain.factor import plain, step_of
from identity.domain.throttle import factor_keys
from identity.models import (
    AccessEntry,
    Action,
    Authenticator,
    Opened,
    RecoveryCode,
    count_attempt,
    forgive,
)
from identity.ports import KeyChest


async def confirm_factor(
    session: AsyncSession, caller: Caller, code: str, *, visitor: Visitor, chest: KeyChest, now: datetime
) -> tuple[Opened, list[str]]:
    """Turn the offered app on; give fresh tokens of the same sign-in, and with a first factor the codes, shown once.

    Raises: FactorWrongError, SignInLockedError.
    Source: R-ACC-10; R-ACC-24
    """
    tried = factor_keys(caller.subject)
    async with trying(session):
        await count_attempt(session, tried, now)
    account = await queries.own_account(session, caller, lock=True)
    held = await Authenticator.of(session, account.id, lock=True)
    if held is None or held.confirmed_at is not None:
        raise FactorWrongError(field="code", rule="second-factor")
    held.last_step = step_of(chest.unsealed(held.sealed), plain(code), now, last=held.last_step)
    first = not await queries.has_factor(session, account.id)
    held.confirmed_at = now
    await forgive(session, tried)
    codes = await RecoveryCode.renew(session, account.id) if first else []
    session.add(AccessEntry.of(Action.FACTOR_ENROLLED, visitor, now, account.id))
    signed_in = await queries.sign_in_of(session, caller)
    signed_in.proven_at = now
    for other in await queries.open_sessions(session, account.id):
        if other.id != signed_in.id:
            other.end(now)  # they were opened by a password alone
    opened = Opened.renewed(account, signed_in, now)
    await opened.keep(session)
    return opened, codes
