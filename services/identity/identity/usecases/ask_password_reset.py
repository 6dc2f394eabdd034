"""Ask a password reset: the answer is the same whether the name exists or not."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.codes import Purpose, new_code
from identity.domain.devices import Visitor
from identity.domain.letters import code_letter
from identity.models import AccessEntry, Action, Challenge
from identity.ports import Letter, Passwords

LETTERS_AN_HOUR = 5


async def ask_password_reset(
    session: AsyncSession, login: str, *, visitor: Visitor, passwords: Passwords, now: datetime
) -> tuple[Challenge, Letter | None]:
    """Make a challenge, and the letter where there is an account to write to.

    Source: R-ACC-01 (recovery); R-ACC-24 (neutral answers)
    """
    account = await queries.account_for_sign_in(session, login)
    code = new_code()
    known = account if account is not None and account.active else None
    challenge = Challenge.sent(
        Purpose.PASSWORD_RESET,
        await passwords.hash(code),
        now,
        account_id=known.id if known else None,
        sent_to=known.email if known else None,
    )
    letter = None
    if known is not None:
        # Nobody's mailbox is flooded by a stranger who keeps asking.
        earlier = await queries.letters_since(
            session, known.id, Purpose.PASSWORD_RESET, now - timedelta(hours=1)
        )
        if earlier < LETTERS_AN_HOUR:
            letter = Letter(known.email, *code_letter(Purpose.PASSWORD_RESET, code))
        session.add(AccessEntry.of(Action.PASSWORD_RESET_ASKED, visitor, now, known.id))
    session.add(challenge)
    await session.flush()
    return challenge, letter
