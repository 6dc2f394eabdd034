"""Ask an e-mail change: send a code to the new address, which is used only once it answers."""

from datetime import datetime, timedelta

from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.codes import Purpose, must_be_few, new_code
from identity.domain.contacts import email_address
from identity.domain.letters import code_letter, exists_letter
from identity.models import Challenge, count_letter
from identity.ports import Letter, Passwords


async def ask_email_change(
    session: AsyncSession, caller: Caller, email: str, *, passwords: Passwords, recovery: str, now: datetime
) -> tuple[Challenge, Letter]:
    """Make the challenge for a new address and the letter to hand over once it is committed.

    Whether another account has the address is told to its owner only.

    Raises: EmailInvalidError, CodeSentTooOftenError.
    Source: R-ACC-01 (contact verified by one-time code); R-ACC-09
    """
    account = await queries.own_account(session, caller, lock=True)
    address = email_address(email)
    hour = now - timedelta(hours=1)
    must_be_few(await queries.letters_since(session, account.id, Purpose.EMAIL_CHANGE, hour))
    await count_letter(session, address, now)
    await queries.void_open(session, account.id, Purpose.EMAIL_CHANGE, now)
    code = new_code()
    challenge = Challenge.sent(
        Purpose.EMAIL_CHANGE, await passwords.hash(code), now, account_id=account.id, sent_to=address
    )
    session.add(challenge)
    twin = await queries.email_twin(session, account, address)
    await session.flush()
    words = exists_letter(recovery) if twin else code_letter(Purpose.EMAIL_CHANGE, code)
    return challenge, Letter(address, *words)
