"""Rotate the key: a new one is announced, signs once everybody knows it, and the old one fades out."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from identity import queries
from identity.domain.keys import KEPT_AFTER, first_signing_instant, published, rotation_is_due
from identity.models import SigningKey
from identity.ports import KeyChest

ONE_AT_A_TIME = "identity signing key"


async def rotate_key(
    session: AsyncSession, chest: KeyChest, now: datetime, *, only_when_due: bool = False
) -> SigningKey | None:
    """Make the next signing key; None when it was asked for only when due and is not.

    The first key signs at once. Later ones are published two minutes before they sign, and the key before
    them stays published until the last token it signed has expired.
    """
    # Two processes that start together must not both make the first key.
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtext(ONE_AT_A_TIME))))
    keys = await queries.signing_keys(session)
    if only_when_due and not rotation_is_due(keys, now):
        return None
    made = chest.new_key()
    active_from = first_signing_instant(keys, now)
    for older in published(keys, now):
        until = active_from + KEPT_AFTER
        older.published_until = min(older.published_until or until, until)
    key = SigningKey(
        kid=made.kid, sealed=made.sealed, public_jwk=made.public_jwk, created_at=now, active_from=active_from
    )
    session.add(key)
    await session.flush()
    return key
