"""Reset a password: the right code sets the new one and ends every sign-in."""

import uuid
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.codes import Purpose
from identity.domain.devices import Visitor
from identity.domain.errors import CodeWrongError
from identity.domain.passwords import acceptable_password
from identity.models import AccessEntry, Action
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
    """Set a password for whoever holds the code.

    Raises: PasswordTooWeakError, CodeWrongError, CodeExhaustedError.
    """
    acceptable_password(password)
    challenge = await queries.challenge(session, reset_id, Purpose.PASSWORD_RESET)
    challenge.count_attempt(now)
    await session.commit()  # the try counts even if this process dies before it is judged
    if not await passwords.matches(challenge.code_hash, code) or challenge.account_id is None:
        raise CodeWrongError(field="code", rule="one-time-code")
    account = await queries.account(session, str(challenge.account_id), lock=True)
    accepted = acceptable_password(password, account.own_data())
    await session.refresh(challenge, with_for_update=True)
    challenge.use(now)
    account.set_password(await passwords.hash(accepted), now)
    for signed_in in await queries.open_sessions(session, account.id):
        signed_in.end(now)
    session.add(AccessEntry.of(Action.PASSWORD_RESET, visitor, now, account.id))
