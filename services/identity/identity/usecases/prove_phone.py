"""Prove a phone: the right code makes the telephone a way in, and takes it from whoever only claimed it."""

import uuid
from datetime import datetime

from audit import trying
from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.codes import Purpose
from identity.domain.devices import Visitor
from identity.domain.errors import CodeWrongError
from identity.domain.throttle import code_keys
from identity.domain.ways_in import phone_proven_letter, phone_taken_letter
from identity.models import AccessEntry, Account, Action, count_attempt, forgive
from identity.ports import Letter, Passwords


async def prove_phone(
    session: AsyncSession,
    caller: Caller,
    challenge_id: uuid.UUID,
    code: str,
    *,
    visitor: Visitor,
    passwords: Passwords,
    now: datetime,
) -> tuple[Account, tuple[Letter, ...]]:
    """Keep that the person answered from the telephone, with a history row; give the account and the letters.

    Whoever came in by that number before does so no longer: the number has another holder now. That stands in the
    other account's history and log, and a letter tells its owner; another tells the caller's mailbox.

    Raises: CodeWrongError, CodeExhaustedError, SignInLockedError.
    """
    challenge = await queries.challenge(session, challenge_id, Purpose.PHONE_PROOF)
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
    if account.phone != challenge.sent_to:
        raise CodeWrongError(field="code", rule="one-time-code")
    await forgive(session, own, shared)
    letters = await _taken_from_another(session, account, visitor, now)
    session.add_all(account.change({"phone_proven": True}, by=caller.subject, now=now))
    session.add(AccessEntry.of(Action.PROFILE_CHANGED, visitor, now, account.id))
    await session.flush()
    return account, (Letter(account.email, *phone_proven_letter()), *letters)


async def _taken_from_another(
    session: AsyncSession, account: Account, visitor: Visitor, now: datetime
) -> tuple[Letter, ...]:
    before = await queries.phone_holder(session, account)
    if before is None:
        return ()
    session.add_all(before.change({"phone_proven": False}, by=str(account.id), now=now))
    session.add(AccessEntry.of(Action.PHONE_TAKEN, visitor, now, before.id))
    await session.flush()  # a number is one person's way in at a time
    return (Letter(before.email, *phone_taken_letter()),)
