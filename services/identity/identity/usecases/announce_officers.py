"""Tell again who the officers are, for a service that begins later than they did."""

import uuid
from collections.abc import Sequence

from common.announcing import Told
from common.clock import utc_now
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from identity.models import Account


async def announce_officers(session: AsyncSession, after: str, limit: int) -> Sequence[Told]:
    """Return the next officers after an id, with what others keep about them."""
    officers = select(Account).where(Account.realm == "officer").order_by(Account.id).limit(limit)
    if after:
        officers = officers.where(Account.id > uuid.UUID(after))
    now = utc_now()
    rows = await session.scalars(officers)
    return [Told(str(account.id), [account.officer_changed(now)]) for account in rows]
