"""What identity listens to, and the slice of it that it reads."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from common.clock import utc_now
from common.inbox import Meta, Slice, Subscriptions
from regulation.retention import Retention
from sqlalchemy.ext.asyncio import AsyncSession

from identity.usecases.erase_account import erase_account


class OwnerSettled(Slice):
    """How many open dossiers still need the person of an account."""

    type: ClassVar[str] = "intake.owner_settled.v1"

    account_id: str
    open_count: int


LISTENS = (OwnerSettled.type,)


def subscriptions(retention: Retention, clock: Callable[[], datetime] = utc_now) -> Subscriptions:
    """Register the handler of each event."""
    listening = Subscriptions("identity")

    async def on_settled(session: AsyncSession, event: OwnerSettled, meta: Meta) -> None:
        await erase_account(session, event.account_id, event.open_count, retention=retention, now=clock())

    listening.on(OwnerSettled, on_settled)
    return listening
