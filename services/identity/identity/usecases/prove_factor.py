"""Prove the second factor: after the password, and again before signing and granting."""

from datetime import datetime

from audit import trying
from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.errors import FactorWrongError
from identity.domain.factor import plain, step_of
from identity.models import (
    AccessEntry,
    Account,
    Action,
    Authenticator,
    Opened,
    RecoveryCode,
    count_attempt,
    forgive,
)
from identity.ports import KeyChest


async def prove_factor(
    session: AsyncSession, caller: Caller, code: str, *, visitor: Visitor, chest: KeyChest, now: datetime
) -> tuple[Opened, int | None]:
    """Judge a code of the app, or a recovery code, which is used up; give fresh tokens of the same sign-in.

    With a recovery code it gives how many are left.

    Raises: FactorWrongError, SignInLockedError.
    Source: NB Đ.24.3; R-ACC-10; R-ACC-24
    """
    own, shared = await queries.factor_tries(session, caller, visitor.network)
    async with trying(session):
        await count_attempt(session, {**own, **shared}, now)
    account = await queries.own_account(session, caller)
    if not await queries.has_factor(session, account.id):
        raise FactorWrongError(field="code", rule="second-factor")
    action, left = Action.FACTOR_PROVEN, None
    if await RecoveryCode.spend(session, account.id, code):
        action, left = Action.RECOVERY_CODE_USED, await RecoveryCode.left(session, account.id)
    else:
        await _shown(session, account, code, chest, now)
    await forgive(session, own, shared)
    signed_in = await queries.sign_in_of(session, caller)
    signed_in.proven_at = now
    session.add(AccessEntry.of(action, visitor, now, account.id))
    opened = Opened.renewed(account, signed_in, now)
    await opened.keep(session)
    return opened, left


async def _shown(session: AsyncSession, account: Account, code: str, chest: KeyChest, now: datetime) -> None:
    held = await Authenticator.of(session, account.id, lock=True)
    if held is None or held.confirmed_at is None:
        raise FactorWrongError(field="code", rule="second-factor")
    held.last_step = step_of(chest.unsealed(held.sealed), plain(code), now, last=held.last_step)
