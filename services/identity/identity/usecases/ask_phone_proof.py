"""Ask a phone proof: send a code to the telephone of the profile, which becomes a way in once it answers."""

from datetime import datetime, timedelta

from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.codes import Purpose, must_be_few, new_code
from identity.domain.errors import PhoneMissingError
from identity.models import Challenge
from identity.ports import Passwords


async def ask_phone_proof(
    session: AsyncSession, caller: Caller, *, passwords: Passwords, now: datetime
) -> tuple[Challenge, str, str]:
    """Make the challenge; give it with the telephone and the code, to be sent once it is committed.

    Raises: PhoneMissingError, CodeSentTooOftenError.
    Source: R-ACC-01 (contact verified by one-time code); R-ACC-09
    """
    account = await queries.own_account(session, caller, lock=True)
    if account.phone is None:
        raise PhoneMissingError(field="phone", rule="required")
    hour = now - timedelta(hours=1)
    must_be_few(await queries.letters_since(session, account.id, Purpose.PHONE_PROOF, hour))
    await queries.void_open(session, account.id, Purpose.PHONE_PROOF, now)
    code = new_code()
    challenge = Challenge.sent(
        Purpose.PHONE_PROOF, await passwords.hash(code), now, account_id=account.id, sent_to=account.phone
    )
    session.add(challenge)
    await session.flush()
    return challenge, account.phone, code
