"""Change the password: the current one proves the person, every other sign-in ends."""

from datetime import datetime

from common.security import Caller
from regulation.text import nfc
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.errors import CurrentPasswordWrongError, PasswordUnchangedError
from identity.domain.passwords import acceptable_password
from identity.domain.throttle import CURRENT_PASSWORD
from identity.models import AccessEntry, Action, Opened, count_attempt, forgive
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

    Raises: SignInLockedError, CurrentPasswordWrongError, PasswordTooWeakError, PasswordUnchangedError.
    Source: NB Đ.24.2; R-ACC-13
    """
    tried = {f"password|{caller.subject}": CURRENT_PASSWORD}
    await count_attempt(session, tried, now)
    account = await queries.own_account(session, caller)
    await session.commit()  # the try counts, and no connection is held while the password is hashed
    if not await passwords.matches(account.password_hash, nfc(current)):
        raise CurrentPasswordWrongError(field="current", rule="credentials")
    accepted = acceptable_password(new, account.own_data(), "new")
    if accepted == nfc(current):
        raise PasswordUnchangedError(field="new", rule="different")
    secret = await passwords.hash(accepted)
    account = await queries.own_account(session, caller, lock=True)
    await forgive(session, tried)
    account.set_password(secret, now)
    for other in await queries.open_sessions(session, account.id):
        other.end(now)
    opened = Opened.now(account, visitor, now)
    session.add(AccessEntry.of(Action.PASSWORD_CHANGED, visitor, now, account.id))
    await opened.keep(session)
    return opened
