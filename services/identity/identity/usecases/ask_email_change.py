"""Ask an e-mail change: send a code to the new address, which is used only once it answers."""

from datetime import datetime

from common.security import Caller
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.codes import Purpose, new_code
from identity.domain.contacts import email_address
from identity.domain.errors import AccountExistsError
from identity.domain.letters import code_letter
from identity.models import Account, Challenge
from identity.models.account import OFFICER
from identity.ports import Letter, Passwords


async def ask_email_change(
    session: AsyncSession, caller: Caller, email: str, *, passwords: Passwords, recovery: str, now: datetime
) -> tuple[Challenge, Letter]:
    """Make the challenge for a new address and the letter to hand over once it is committed.

    Raises: EmailInvalidError, AccountExistsError.
    Source: R-ACC-01 (contact verified by one-time code); R-ACC-09
    """
    account = await queries.own_account(session, caller)
    address = email_address(email)
    twin = select(Account.id).where(
        Account.email == address, Account.realm != OFFICER, Account.id != account.id
    )
    if not account.is_officer and await session.scalar(twin):
        raise AccountExistsError(field="email", rule="unique", recovery=recovery)
    code = new_code()
    challenge = Challenge.sent(
        Purpose.EMAIL_CHANGE, await passwords.hash(code), now, account_id=account.id, sent_to=address
    )
    session.add(challenge)
    await session.flush()
    return challenge, Letter(address, *code_letter(Purpose.EMAIL_CHANGE, code))
