"""Change the password: the current one proves the person, every other sign-in ends."""

from datetime import datetime

from audit import trying
from common.errors import SecondFactorRequiredError
from common.security import Caller
from regulation.text import nfc
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.errors import CurrentPasswordWrongError, PasswordUnchangedError
from identity.domain.factor import Owed
from identity.domain.passwords import acceptable_password
from identity.domain.throttle import CURRENT_PASSWORD
from identity.models import (
    AccessEntry,
    Account,
    Action,
    KnownDevice,
    Opened,
    SignInSession,
    count_attempt,
    forgive,
)
from identity.ports import Passwords


async def change_password(
    session: AsyncSession,
    caller: Caller,
    *,
    current: str,
    new: str,
    visitor: Visitor,
    passwords: Passwords,
    now: datetime,
) -> Opened:
    """Set a new password and give a fresh sign-in; a first password is thereby done with.

    Raises: SecondFactorRequiredError, SignInLockedError, CurrentPasswordWrongError,
        PasswordTooWeakError, PasswordUnchangedError, UnauthenticatedError when the sign-in ended meanwhile.
    Source: NB Đ.24.2; R-ACC-13
    """
    if caller.owes == Owed.PROOF:
        raise SecondFactorRequiredError
    tried = {f"password|{caller.subject}": CURRENT_PASSWORD}
    account = await queries.own_account(session, caller)
    accepted = acceptable_password(
        new, account.own_data(), "new"
    )  # a bad choice is no try of the current one
    if accepted == nfc(current):
        raise PasswordUnchangedError(field="new", rule="different")
    async with trying(session):  # no connection is held while the password is hashed
        await count_attempt(session, tried, now)
    if not await passwords.matches(account.password_hash, nfc(current)):
        raise CurrentPasswordWrongError(field="current", rule="credentials")
    secret = await passwords.hash(accepted)
    judged, account = account.password_hash, await queries.own_account(session, caller, lock=True)
    if account.password_hash != judged:
        raise CurrentPasswordWrongError(field="current", rule="credentials")
    own = await queries.sign_in_of(session, caller)
    await forgive(session, tried)
    account.set_password(secret, now)
    session.add(AccessEntry.of(Action.PASSWORD_CHANGED, visitor, now, account.id))
    return await _begun_anew(session, account, own, visitor, now)


async def _begun_anew(
    session: AsyncSession, account: Account, own: SignInSession, visitor: Visitor, now: datetime
) -> Opened:
    """End every sign-in and forget every device; give a fresh sign-in in the place of the caller's own."""
    for other in await queries.open_sessions(session, account.id):
        other.end(now)
    await KnownDevice.forget_all(session, account.id)
    opened = Opened.now(account, visitor, now)
    opened.session.proven_at = own.proven_at
    await opened.keep(session)
    return opened
