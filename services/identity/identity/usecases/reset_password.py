"""Reset a password: the right code sets the new one and ends every sign-in."""

import uuid
from datetime import datetime

from audit import trying
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.codes import Purpose
from identity.domain.devices import Visitor
from identity.domain.errors import CodeWrongError, SignInLockedError
from identity.domain.passwords import acceptable_password
from identity.domain.throttle import Keys, code_keys
from identity.models import AccessEntry, Account, Action, KnownDevice, count_attempt, forgive
from identity.ports import Passwords


async def reset_password(
    session: AsyncSession,
    reset_id: uuid.UUID,
    code: str,
    password: str,
    *,
    visitor: Visitor,
    passwords: Passwords,
    now: datetime,
) -> None:
    """Set a citizen's password for whoever holds the code.

    Raises: PasswordTooWeakError, CodeWrongError, CodeExhaustedError.
    """
    acceptable_password(password)
    challenge = await queries.challenge(session, reset_id, Purpose.PASSWORD_RESET)
    own, shared = code_keys(str(challenge.account_id) if challenge.account_id else None, visitor.network)
    async with trying(session):
        challenge.count_attempt(now)
        open_today = await _counted(session, {**own, **shared}, now)
    right = await passwords.matches(challenge.code_hash, code)
    if not (right and open_today) or challenge.account_id is None:
        raise CodeWrongError(field="code", rule="one-time-code")
    account = await queries.account(session, str(challenge.account_id), lock=True)
    accepted = acceptable_password(password, account.own_data())
    if account.is_officer or not account.active:
        raise CodeWrongError(field="code", rule="one-time-code")
    await session.refresh(challenge, with_for_update=True)
    challenge.use(now)
    await forgive(session, own, shared)
    account.set_password(await passwords.hash(accepted), now)
    await _end_everything(session, account, now)
    session.add(AccessEntry.of(Action.PASSWORD_RESET, visitor, now, account.id))


async def _counted(session: AsyncSession, keys: Keys, now: datetime) -> bool:
    """Count a try before it is judged; False when the account has had too many wrong ones today."""
    try:
        await count_attempt(session, keys, now)
    except SignInLockedError:
        return False
    return True


async def _end_everything(session: AsyncSession, account: Account, now: datetime) -> None:
    for signed_in in await queries.open_sessions(session, account.id):
        signed_in.end(now)
    await KnownDevice.forget_all(session, account.id)
    await queries.void_open(session, account.id, Purpose.PASSWORD_RESET, now)
