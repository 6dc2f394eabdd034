"""Ask a password reset: the answer is the same whether the name exists or not."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.codes import Purpose, new_code
from identity.domain.devices import Visitor
from identity.domain.letters import Words, code_letter, officer_reset_letter
from identity.domain.throttle import code_keys
from identity.models import AccessEntry, Account, Action, Challenge, is_locked
from identity.ports import Letter, Passwords

LETTERS_AN_HOUR = 5


async def ask_password_reset(
    session: AsyncSession, login: str, *, visitor: Visitor, passwords: Passwords, now: datetime
) -> tuple[Challenge, Letter | None]:
    """Make a challenge, and the letter where there is an account to write to.

    An account has one open code at a time, five an hour, and none on a day of too many wrong ones. An officer's
    mailbox alone resets nothing: the letter names the administrator.

    Source: R-ACC-01 (recovery); R-ACC-24 (neutral answers)
    """
    found = await queries.account_for_sign_in(session, login)
    code = new_code()
    hashed = await passwords.hash(code)
    words: Words | None = None
    owner: Account | None = None
    if found is not None and found.active and await _may_be_written_to(session, found, visitor, now):
        session.add(AccessEntry.of(Action.PASSWORD_RESET_ASKED, visitor, now, found.id))
        words = officer_reset_letter() if found.is_officer else code_letter(Purpose.PASSWORD_RESET, code)
        owner = None if found.is_officer else found
    if owner is not None:
        await queries.void_open(session, owner.id, Purpose.PASSWORD_RESET, now)
    challenge = Challenge.sent(
        Purpose.PASSWORD_RESET,
        hashed,
        now,
        account_id=owner.id if owner else None,
        sent_to=owner.email if owner else None,
    )
    session.add(challenge)
    await session.flush()
    return challenge, Letter(found.email, *words) if found is not None and words else None


async def _may_be_written_to(
    session: AsyncSession, account: Account, visitor: Visitor, now: datetime
) -> bool:
    """Say whether another letter may go out: nobody's mailbox is flooded, nobody's codes are tried all day."""
    await session.refresh(
        account, with_for_update=True
    )  # many who ask at once are counted one after the other
    own, _ = code_keys(str(account.id), visitor.network)
    if await is_locked(session, own, now):
        return False
    hour = now - timedelta(hours=1)
    asked = await queries.entries_since(session, account.id, Action.PASSWORD_RESET_ASKED, hour)
    return asked < LETTERS_AN_HOUR
