"""Reset a password: the right code sets the new one and ends every sign-in."""

import uuid
from datetime import datetime

from audit import trying
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.codes import Purpose
from identity.domain.devices import Visitor
from identity.domain.errors import CodeWrongError, SignInLockedError
from identity.domain.passwords import acceptable_password
from identity.domain.throttle import Keys, code_keys, code_owner
from identity.models import (
    AccessEntry,
    Account,
    Action,
    Challenge,
    FormerMail,
    KnownDevice,
    count_attempt,
    forgive,
)
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
) -> Account:
    """Set a citizen's password for whoever holds the code; one from the address before puts that back too.

    Raises: PasswordTooWeakError, CodeWrongError, CodeExhaustedError.
    """
    acceptable_password(password)
    challenge = await queries.challenge(session, reset_id, Purpose.PASSWORD_RESET)
    own, shared = code_keys(await _owner(session, challenge), visitor.network)
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
    await _put_back(session, account, challenge.sent_to, now)
    account.set_password(await passwords.hash(accepted), now)
    await _end_everything(session, account, now)
    session.add(AccessEntry.of(Action.PASSWORD_RESET, visitor, now, account.id))
    return account


async def _owner(session: AsyncSession, challenge: Challenge) -> str | None:
    if challenge.account_id is None:
        return None
    account = await queries.account(session, str(challenge.account_id))
    return code_owner(account.id, challenge.sent_to, account.email)


async def _put_back(session: AsyncSession, account: Account, address: str | None, now: datetime) -> None:
    """Give the account the address back that it had before, where the code came from there."""
    if address is None or address == account.email:
        return
    former = await FormerMail.named(session, address, now, account.id)
    if former is None:
        raise CodeWrongError(field="code", rule="one-time-code")
    await former.spend(session)
    session.add_all(account.change({"email": address}, by=str(account.id), now=now))
    try:
        await session.flush()
    except IntegrityError:  # somebody else has it now
        raise CodeWrongError(field="code", rule="one-time-code") from None


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
