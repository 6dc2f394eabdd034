"""What books listen to: the names of officers, and accounts that somebody lost control of."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from common.inbox import Meta, Slice, Subscriptions
from regulation.zone import local
from sqlalchemy.ext.asyncio import AsyncSession

from registers.domain import Book
from registers.usecases.keep_officer import keep_officer
from registers.usecases.open_entry import open_entry

INCIDENTS: Final = "incidents"


class OfficerChanged(Slice):
    """An officer's account."""

    type: ClassVar[str] = "identity.officer_changed.v1"

    officer_id: str
    display_name: str


class ControlLost(Slice):
    """Somebody lost control of an account."""

    type: ClassVar[str] = "identity.control_lost.v1"

    account_id: str
    kind: str
    agency: str | None


SLICES: tuple[type[Slice], ...] = (OfficerChanged, ControlLost)
LISTENS: tuple[str, ...] = tuple(one.type for one in SLICES)


async def on_officer(session: AsyncSession, event: OfficerChanged, meta: Meta) -> None:
    """Keep the officer's name."""
    await keep_officer(session, event.officer_id, event.display_name, meta.aggregate_version)


def incident_of(event: ControlLost, meta: Meta) -> dict[str, Any]:
    """Give what the incident log says of an account that was lost; whose it is stands there as its number alone."""
    began = local(meta.time)
    told = {
        "began_on": f"{began:%Y-%m-%d}",
        "began_time": f"{began:%H:%M}",
        "reporter": f"Chủ tài khoản {event.account_id}",
        "part": "sign_in",
        "severity": "major",
        "nature": "security",
        "lead": "agency_it" if event.agency else "operator",
        "agency": event.agency,
        "effect": "Chủ tài khoản báo mất kiểm soát tài khoản. Mọi phiên đã kết thúc, mật khẩu cũ hết hiệu lực.",
        "announced": False,
    }
    return {name: said for name, said in told.items() if said is not None}


def subscriptions(books: Mapping[str, Book]) -> Subscriptions:
    """Return one handler per event type."""
    listening = Subscriptions("registers")
    listening.on(OfficerChanged, on_officer)

    async def on_lost(session: AsyncSession, event: ControlLost, meta: Meta) -> None:
        """Open an incident for who sees to the account. Source: NB Đ.24.3; TN Đ.22.2.d; R-ACC-15"""
        values = incident_of(event, meta)
        await open_entry(session, books[INCIDENTS], event.account_id, values, meta.time)

    listening.on(ControlLost, on_lost)
    return listening
