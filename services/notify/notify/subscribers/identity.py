"""To which agency an officer belongs, so that no other agency has him told; whose inbox goes, and whose is kept."""

from typing import ClassVar

from common.inbox import Meta, Slice, Subscriptions
from sqlalchemy.ext.asyncio import AsyncSession

from notify.usecases.forget_notices import forget_inbox
from notify.usecases.keep_copies import keep_hold, keep_officer


class OfficerChanged(Slice):
    """An officer's account."""

    type: ClassVar[str] = "identity.officer_changed.v1"

    officer_id: str
    agency: str | None
    display_name: str
    roles: list[str]
    active: bool


class AccountErased(Slice):
    """An account that says nothing of anybody any more."""

    type: ClassVar[str] = "identity.account_erased.v1"

    account_id: str


class HoldChanged(Slice):
    """A decision keeps a person or a dossier from being erased, or no longer."""

    type: ClassVar[str] = "identity.hold_changed.v1"

    hold_id: str
    kind: str
    subject: str
    keeps: bool


SLICES: tuple[type[Slice], ...] = (OfficerChanged, AccountErased, HoldChanged)


async def on_officer(session: AsyncSession, event: OfficerChanged, meta: Meta) -> None:
    """Keep who the officer is and to which agency he belongs."""
    told = event.model_dump(include={"agency", "roles", "active"})
    told |= {"id": event.officer_id, "name": event.display_name}
    await keep_officer(session, told, meta.aggregate_version)


async def on_erased(session: AsyncSession, event: AccountErased, meta: Meta) -> None:
    """Erase the inbox of the account."""
    await forget_inbox(session, event.account_id)


async def on_hold(session: AsyncSession, event: HoldChanged, meta: Meta) -> None:
    """Keep what a decision keeps."""
    told = event.model_dump(exclude={"hold_id"}) | {"id": event.hold_id}
    await keep_hold(session, told, meta.aggregate_version)


def listen(listening: Subscriptions) -> None:
    """Register the handler."""
    listening.on(OfficerChanged, on_officer)
    listening.on(AccountErased, on_erased)
    listening.on(HoldChanged, on_hold)
