"""Send a code again: a new code replaces the one that did not arrive."""

import uuid
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.codes import Purpose, new_code
from identity.domain.errors import CodeWrongError
from identity.domain.letters import code_letter
from identity.models import Challenge, count_letter
from identity.ports import Letter, Passwords


async def send_code_again(
    session: AsyncSession, challenge_id: uuid.UUID, purpose: Purpose, *, passwords: Passwords, now: datetime
) -> tuple[Challenge, Letter | None]:
    """Give a challenge its new code and the letter to hand over once it is committed; none where none went before.

    Raises: CodeWrongError for an unknown or used registration, CodeSentTooOftenError.
    """
    challenge = await queries.challenge(session, challenge_id, purpose)
    if challenge.used_at is not None or challenge.sent_to is None:
        raise CodeWrongError(rule="one-time-code")
    await count_letter(session, challenge.sent_to, now)
    code = new_code()
    challenge.send_again(await passwords.hash(code), now)
    if not challenge.payload:
        return challenge, None
    return challenge, Letter(challenge.sent_to, *code_letter(purpose, code))
