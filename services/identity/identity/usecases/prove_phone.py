"""Prove a phone: the right code makes the telephone a way in, and takes it from whoever only claimed it."""

import uuid
from datetime import datetime

from common.security import Caller
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.codes import Purpose
from identity.domain.devices import Visitor
from identity.domain.errors import CodeWrongError
from identity.domain.throttle import code_keys
from identity.models import AccessEntry, Account, Action, count_attempt, forgive
from identity.ports import Passwords


async def prove_phone(
    session: AsyncSession,
    caller: Caller,
    challenge_id: uuid.UUID,
    code: str,
    *,
    visitor: Visitor,
    passwords: Passwords,
    now: datetime,
) -> Account:
    """Keep that the person answered from the telephone, with a history row.

    Raises: CodeWrongError, CodeExhaustedError, SignInLockedError.
    """
    challenge = await queries.challenge(session, challenge_id, Purpose.PHONE_PROOF)
    if str(challenge.account_id) != caller.subject:
        raise CodeWrongError(field="code", rule="one-time-code")
    challenge.count_attempt(now)
    own, shared = code_keys(caller.subject, visitor.network)
    await count_attempt(session, {**own, **shared}, now)
    await session.commit()  # the try counts even if this process dies before it is judged
    if not await passwords.matches(challenge.code_hash, code):
        raise CodeWrongError(field="code", rule="one-time-code")
    account = await queries.own_account(session, caller, lock=True)
    await session.refresh(challenge, with_for_update=True)
    challenge.use(now)
    if account.phone != challenge.sent_to:
        raise CodeWrongError(field="code", rule="one-time-code")
    await forgive(session, own, shared)
    claimed = (Account.phone == account.phone) & (Account.id != account.id) & Account.phone_proven
    await session.execute(update(Account).where(claimed).values(phone_proven=False))
    session.add_all(account.change({"phone_proven": True}, by=caller.subject, now=now))
    session.add(AccessEntry.of(Action.PROFILE_CHANGED, visitor, now, account.id))
    await session.flush()
    return account
