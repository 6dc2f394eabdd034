"""Forget notices whose time is over; those of a dossier that is still open stay."""

from datetime import datetime
from typing import Final

from audit import did
from regulation.retention import Record, Retention, key_of
from regulation.zone import local_day
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from notify import queries
from notify.models import Absence, Call, Delivery, Message

BATCH: Final = 1000


async def forget_notices(
    session: AsyncSession, retention: Retention, now: datetime, limit: int = BATCH
) -> int:
    """Erase a batch of notices with their deliveries, the calls of their time, and absences that are over.

    The access log says how many notices went.

    Source: R-NTF-14; R-SEC-20
    """
    before = retention.over_before(Record.NOTICE, now)
    await session.execute(delete(Call).where(Call.id.in_(queries.calls_over(before, limit))))
    await session.execute(delete(Absence).where(Absence.to_on < local_day(now)))
    ids = await queries.notices_over(session, before, limit)
    if ids:
        await session.execute(delete(Delivery).where(Delivery.message_id.in_(ids)))
        await session.execute(delete(Message).where(Message.id.in_(ids)))
        rule = key_of(Record.NOTICE)
        await did(session, "notify", "forget-notices", subject=Record.NOTICE, purpose=rule, count=len(ids))
    return len(ids)


async def forget_inbox(session: AsyncSession, account_id: str) -> None:
    """Erase every notice of an account that is no more; the dossiers keep what they say of telling.

    What a decision keeps goes with its days once it is let go.

    Source: R-SEC-16; R-SEC-20
    """
    mine = (Message.recipient == account_id) & ~queries.is_held(Message.recipient)
    ids = (await session.scalars(select(Message.id).where(mine))).all()
    await session.execute(delete(Delivery).where(Delivery.message_id.in_(ids)))
    gone = await session.execute(delete(Message).where(Message.id.in_(ids)).returning(Message.id))
    rule, count = key_of(Record.ACCOUNT), len(gone.all())
    await did(session, "notify", "erase-accounts", subject=account_id, purpose=rule, count=count)
