"""What books listen to: the names of officers."""

from typing import ClassVar

from common.inbox import Meta, Slice, Subscriptions
from sqlalchemy.ext.asyncio import AsyncSession

from registers.usecases.keep_officer import keep_officer


class OfficerChanged(Slice):
    """An officer's account."""

    type: ClassVar[str] = "identity.officer_changed.v1"

    officer_id: str
    display_name: str


SLICES: tuple[type[Slice], ...] = (OfficerChanged,)
LISTENS: tuple[str, ...] = tuple(one.type for one in SLICES)


async def on_officer(session: AsyncSession, event: OfficerChanged, meta: Meta) -> None:
    """Keep the officer's name."""
    await keep_officer(session, event.officer_id, event.display_name, meta.aggregate_version)


def subscriptions() -> Subscriptions:
    """Return one handler per event type."""
    listening = Subscriptions("registers")
    listening.on(OfficerChanged, on_officer)
    return listening
