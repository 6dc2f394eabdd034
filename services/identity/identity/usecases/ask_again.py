"""Ask again who it is, before a way into the account changes: whoever copied a session does not know."""

from datetime import datetime

from audit import trying
from common.errors import StepUpRequiredError
from common.security import PROOF_LIFE, Caller
from regulation.text import nfc
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.errors import CurrentPasswordWrongError
from identity.domain.throttle import CURRENT_PASSWORD
from identity.models import count_attempt, forgive
from identity.ports import Passwords


async def ask_again(
    session: AsyncSession, caller: Caller, current: str, *, passwords: Passwords, now: datetime
) -> None:
    """Let pass who knows the password, and of who has a second factor only with that shown just now.

    Who has no password came by the outside provider, and must have come just now.

    Raises: StepUpRequiredError, CurrentPasswordWrongError, SignInLockedError.
    Source: OWASP ASVS 5.0, 7.5.1; R-ACC-24
    """
    caller.must_have_proven()
    account = await queries.own_account(session, caller)
    if account.password_hash is None:
        signed_in = await queries.sign_in_of(session, caller)
        if now - signed_in.started_at > PROOF_LIFE:
            raise StepUpRequiredError
        return
    tried = {f"password|{caller.subject}": CURRENT_PASSWORD}
    async with trying(session):  # no connection is held while the password is hashed
        await count_attempt(session, tried, now)
    if not await passwords.matches(account.password_hash, nfc(current)):
        raise CurrentPasswordWrongError(field="current", rule="credentials")
    await forgive(session, tried)
