"""Close one's account: the password proves the person, every sign-in ends, and a letter says how to take it back."""

from datetime import datetime

from audit import trying
from common.security import Caller
from regulation.retention import Record, Retention
from regulation.text import nfc
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.devices import Visitor
from identity.domain.errors import CurrentPasswordWrongError, OfficerAccountError
from identity.domain.letters import closing_letter
from identity.domain.throttle import CURRENT_PASSWORD
from identity.models import AccessEntry, Action, count_attempt, forgive
from identity.ports import Letter, Passwords


async def close_account(
    session: AsyncSession,
    caller: Caller,
    password: str,
    *,
    retention: Retention,
    visitor: Visitor,
    passwords: Passwords,
    now: datetime,
) -> Letter:
    """Close the caller's account; from now on it is only looked at, and later erased. Give the letter about it.

    Raises: OfficerAccountError, SignInLockedError, CurrentPasswordWrongError, AccountClosingError.
    Source: Luật 91/2025; R-SEC-16; R-SEC-20
    """
    if caller.is_officer:
        raise OfficerAccountError(rule="citizen")
    tried = {f"password|{caller.subject}": CURRENT_PASSWORD}
    async with trying(session):  # no connection is held while the password is hashed
        await count_attempt(session, tried, now)
        account = await queries.own_account(session, caller)
    if not await passwords.matches(account.password_hash, nfc(password)):
        raise CurrentPasswordWrongError(field="password", rule="credentials")
    judged, account = account.password_hash, await queries.own_account(session, caller, lock=True)
    if account.password_hash != judged:
        raise CurrentPasswordWrongError(field="password", rule="credentials")
    await forgive(session, tried)
    account.close(now)
    for signed_in in await queries.open_sessions(session, account.id):
        signed_in.end(now)
    session.add(AccessEntry.of(Action.CLOSING_ASKED, visitor, now, account.id))
    return Letter(account.email, *closing_letter(retention.of(Record.ACCOUNT).days))
