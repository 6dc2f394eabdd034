"""Verify an e-mail: the right code makes the new address the account's own."""

import uuid
from datetime import datetime

from audit import trying
from common.security import Caller
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.codes import Purpose
from identity.domain.devices import Visitor
from identity.domain.errors import AccountExistsError, CodeWrongError
from identity.domain.throttle import code_keys
from identity.domain.ways_in import mail_changed_letter
from identity.models import AccessEntry, Account, Action, FormerMail, count_attempt, forgive
from identity.ports import Letter, Passwords


async def verify_email(
    session: AsyncSession,
    caller: Caller,
    challenge_id: uuid.UUID,
    code: str,
    *,
    visitor: Visitor,
    passwords: Passwords,
    recovery: str,
    now: datetime,
) -> tuple[Account, Letter]:
    """Set the address the code was sent to, with a history row; give the letter to the address before.

    That one leads back to the account for some days, whoever changed it.

    Raises: CodeWrongError, CodeExhaustedError, SignInLockedError, AccountExistsError.
    """
    challenge = await queries.challenge(session, challenge_id, Purpose.EMAIL_CHANGE)
    if str(challenge.account_id) != caller.subject:
        raise CodeWrongError(field="code", rule="one-time-code")
    own, shared = code_keys(caller.subject, visitor.network)
    async with trying(session):
        challenge.count_attempt(now)
        await count_attempt(session, {**own, **shared}, now)
    if not await passwords.matches(challenge.code_hash, code):
        raise CodeWrongError(field="code", rule="one-time-code")
    account = await queries.own_account(session, caller, lock=True)
    await session.refresh(challenge, with_for_update=True)
    challenge.use(now)
    await forgive(session, own, shared)
    letter = Letter(account.email, *mail_changed_letter(recovery, officer=account.is_officer))
    if challenge.sent_to != account.email:
        session.add(FormerMail.of(account, now))
    session.add_all(account.change({"email": challenge.sent_to}, by=caller.subject, now=now))
    session.add(AccessEntry.of(Action.PROFILE_CHANGED, visitor, now, account.id))
    try:
        await session.flush()
    except IntegrityError:
        raise AccountExistsError(field="email", rule="unique", recovery=recovery) from None
    return account, letter
