"""Confirm by the code that somebody at the counter read aloud."""

import uuid
from datetime import datetime

from audit import trying
from common.security import Caller
from regulation.roles import Right, who_may
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.codes import Purpose
from identity.domain.contacts import Confirmed
from identity.domain.devices import Visitor
from identity.domain.errors import CodeWrongError
from identity.domain.throttle import code_keys
from identity.models import count_attempt, forgive
from identity.ports import Passwords


async def confirm_counter_code(
    session: AsyncSession,
    caller: Caller,
    challenge_id: uuid.UUID,
    code: str,
    *,
    visitor: Visitor,
    passwords: Passwords,
    now: datetime,
) -> Confirmed:
    """Give what the code confirms, to the officer who asked for it alone.

    Within its ten minutes and five tries the same code says the same again: a hand-in that was lost on its way is
    sent once more, and the code opens nothing else.

    Raises: ForbiddenError, CodeWrongError, CodeExhaustedError, SignInLockedError.
    Source: QT Đ.25.2; R-INT-16; R-ACC-24
    """
    caller.require(*who_may(Right.ACCEPT_DOSSIER))
    challenge = await queries.challenge(session, challenge_id, Purpose.COUNTER)
    told = challenge.payload
    if told.get("officer") != caller.subject or challenge.sent_to is None:
        raise CodeWrongError(field="code", rule="one-time-code")
    own, shared = code_keys(caller.subject, visitor.network)
    async with trying(session):
        challenge.count_attempt(now)
        await count_attempt(session, {**own, **shared}, now)
    if not await passwords.matches(challenge.code_hash, code):
        raise CodeWrongError(field="code", rule="one-time-code")
    await forgive(session, own, shared)
    return Confirmed(challenge.sent_to, told["draft"], told["fingerprint"])
