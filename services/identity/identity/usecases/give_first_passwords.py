"""Give first passwords to officers whose accounts came from a table, some at a time."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from identity.domain.letters import first_password_letter
from identity.domain.officers import first_password
from identity.models import Account
from identity.models.account import OFFICER
from identity.ports import Letter, Passwords

AT_ONCE = 20


async def give_first_passwords(
    session: AsyncSession, passwords: Passwords, sign_in_address: str, now: datetime
) -> list[Letter]:
    """Set a first password where there is none yet; give the letters, to be sent once it is committed.

    Source: NB Đ.24.2; R-ACC-13
    """
    waiting = (
        select(Account)
        .where(Account.realm == OFFICER, Account.active, Account.must_change_password)
        .where(Account.password_hash.is_(None))
        .order_by(Account.created_at, Account.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    letters = []
    for account in await session.scalars(waiting):
        secret = first_password()
        account.set_first_password(await passwords.hash(secret), now)
        words = first_password_letter(account.login or "", secret, sign_in_address)
        letters.append(Letter(account.email, *words))
    return letters
