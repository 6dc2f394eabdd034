"""Erase a closed account: what says whose it was goes, here and in every service that hears of it."""

from datetime import datetime

from audit import did
from common.outbox import record
from regulation.retention import Record, Retention, key_of
from regulation.zone import local_day
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.models import Challenge, FormerMail, KnownDevice, ProviderAccount, SignInSession, Suspension


async def erase_account(
    session: AsyncSession, account_id: str, open_count: int, *, retention: Retention, now: datetime
) -> bool:
    """Erase an account whose closing is due when no open dossier needs its person; say whether it went.

    Who took the closing back in the meantime keeps the account. Source: Luật 91/2025; R-SEC-16; R-SEC-20
    """
    account = await queries.account(session, account_id, lock=True)
    before = retention.over_before(Record.ACCOUNT, now)
    taken_back = account.closing_at is None or account.closing_at > before
    if open_count or taken_back or account.erased_at is not None:
        return False
    if await Suspension.of(session, account.id, local_day(now)) is not None:
        return False  # what is under decision stays until that has ended
    if await queries.is_held(session, account.id):
        return False
    account.erase(now)
    for rows in (Challenge, FormerMail, KnownDevice, ProviderAccount, SignInSession):
        await session.execute(delete(rows).where(rows.account_id == account.id))
    await Suspension.forget_words(session, account.id)
    await session.flush()
    await session.execute(select(func.forget_account_values(account.id)))
    rule = key_of(Record.ACCOUNT)
    await did(session, "identity", "erase-accounts", subject=str(account.id), purpose=rule, count=1)
    await record(session, account.erased(now))
    return True
