"""Seal columns: what stands in clear or under an older key is sealed with the one that counts now."""

from collections.abc import Awaitable, Callable

from common.resealing import seal_again
from common.sealing import ring_of
from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from identity.models import Account, AccountChange, Challenge, FormerMail

BATCH = 200
KINDS = (Account, AccountChange, Challenge, FormerMail)


def sealing() -> Callable[[AsyncSession], Awaitable[int]]:
    """Return what seals a batch at a time."""
    return seal_columns


async def seal_columns(session: AsyncSession, limit: int = BATCH) -> int:
    """Seal a batch of accounts, then of changes, and return how many rows it was; codes and former addresses go soon.

    A change keeps the key it was sealed with: nobody writes over history, not to seal it anew either.

    Source: Luật 91/2025; R-SEC-16
    """
    count = await seal_again(session, Account, limit)
    ring = ring_of(session)
    if count or ring is None or ring.beside:
        return count
    clear = or_(AccountChange.plain_before.is_not(None), AccountChange.plain_after.is_not(None))
    for row in (await session.scalars(select(AccountChange).where(clear).limit(limit))).all():
        before = AccountChange.before.written(row, ring)["before_sealed"]
        after = AccountChange.after.written(row, ring)["after_sealed"]
        await session.execute(select(func.seal_account_change(row.id, before, after)))
        count += 1
    return count
