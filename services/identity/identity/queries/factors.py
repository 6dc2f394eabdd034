"""Reads of second factors: whether somebody has one, and which would be left."""

import uuid

from sqlalchemy import Exists, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from identity.models import Authenticator, Passkey


async def has_factor(session: AsyncSession, account_id: uuid.UUID) -> bool:
    """Say whether an officer has a second factor: an app, or a passkey, even one that looks copied.

    Who has one shows one; a copied passkey must not make the password enough again.
    """
    key = exists().where(Passkey.account_id == account_id)
    return bool(await session.scalar(select(or_(_app(account_id), key))))


async def has_app(session: AsyncSession, account_id: uuid.UUID) -> bool:
    """Say whether an officer has an authenticator app that answered once."""
    return bool(await session.scalar(select(_app(account_id))))


def _app(account_id: uuid.UUID) -> Exists:
    return exists().where(Authenticator.account_id == account_id, Authenticator.confirmed_at.is_not(None))
