"""Ask a password reset: the answer is the same whether the name exists or not."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.codes import Purpose, new_code
from identity.domain.devices import Visitor
from identity.domain.letters import Words, code_letter, officer_reset_letter
from identity.domain.logins import read_login
from identity.domain.throttle import code_keys, code_owner
from identity.models import AccessEntry, Account, Action, Challenge, FormerMail, is_locked
from identity.ports import Letter, Passwords

LETTERS_AN_HOUR = 5
WAY_BACK_ASKED = "way back"


async def ask_password_reset(
    session: AsyncSession, login: str, *, visitor: Visitor, passwords: Passwords, now: datetime
) -> tuple[Challenge, Letter | None]:
    """Make a challenge, and the letter where there is an account to write to.

    The address before the last change leads back for some days. An account has one open code at a time, five an hour,
    and none on a day of too many wrong ones. An officer's mailbox alone resets nothing: the letter names the
    administrator.

    Source: R-ACC-01 (recovery); R-ACC-24 (neutral answers)
    """
    found, address = await _meant(session, login, now)
    code = new_code()
    hashed = await passwords.hash(code)
    words: Words | None = None
    owner: Account | None = None
    if found is not None and found.active and await _may_be_written_to(session, found, address, visitor, now):
        session.add(
            AccessEntry.of(Action.PASSWORD_RESET_ASKED, visitor, now, found.id, _subject(found, address))
        )
        words = officer_reset_letter() if found.is_officer else code_letter(Purpose.PASSWORD_RESET, code)
        owner = None if found.is_officer else found
    if owner is not None:
        await queries.void_open(session, owner.id, Purpose.PASSWORD_RESET, now)
    challenge = Challenge.sent(
        Purpose.PASSWORD_RESET,
        hashed,
        now,
        account_id=owner.id if owner else None,
        sent_to=address if owner else None,
    )
    session.add(challenge)
    await session.flush()
    return challenge, Letter(address, *words) if words else None


async def _meant(session: AsyncSession, login: str, now: datetime) -> tuple[Account | None, str]:
    """Find the account somebody means and where its letter goes: to the address before, where that was typed."""
    found = await queries.account_for_sign_in(session, login)
    if found is not None:
        return found, found.email
    former = await FormerMail.named(session, read_login(login)[1], now)
    if former is None:
        return None, ""
    return await queries.account(session, str(former.account_id)), former.email


def _subject(account: Account, address: str) -> str | None:
    """Name the way back in the log, so that letters to it have a count of their own."""
    return None if address == account.email else WAY_BACK_ASKED


async def _may_be_written_to(
    session: AsyncSession, account: Account, address: str, visitor: Visitor, now: datetime
) -> bool:
    """Say whether another letter may go out: nobody's mailbox is flooded, nobody's codes are tried all day."""
    await session.refresh(
        account, with_for_update=True
    )  # many who ask at once are counted one after the other
    own, _ = code_keys(code_owner(account.id, address, account.email), visitor.network)
    if await is_locked(session, own, now):
        return False
    hour = now - timedelta(hours=1)
    asked = await queries.resets_since(session, account.id, _subject(account, address), hour)
    return asked < LETTERS_AN_HOUR
