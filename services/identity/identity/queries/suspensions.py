"""Reads of suspensions."""

import uuid
from collections.abc import Sequence
from datetime import date

from common.errors import NotFoundError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from identity.models import Account, Suspension

MOST = 200


async def open_suspensions(session: AsyncSession, today: date) -> Sequence[tuple[Suspension, Account]]:
    """List what waits for a second word and what is in force, the newest first."""
    rows = await session.execute(
        select(Suspension, Account)
        .join(Account, Account.id == Suspension.account_id)
        .where(Suspension.ended_at.is_(None), Suspension.until_on >= today)
        .order_by(Suspension.proposed_at.desc())
        .limit(MOST)
    )
    return [(suspension, account) for suspension, account in rows]


async def suspension(session: AsyncSession, identifier: uuid.UUID) -> Suspension:
    """Give one suspension, locked. Raises: NotFoundError."""
    found = await session.get(Suspension, identifier, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFoundError
    return found
