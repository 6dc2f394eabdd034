"""When the system was down: what the books of incidents and of maintenance tell."""

from datetime import datetime
from typing import ClassVar, Final

from common.inbox import Meta, Slice, Subscriptions
from sqlalchemy.ext.asyncio import AsyncSession

from intake.domain.late import stops_receipt
from intake.usecases.keep_outage import keep_outage

BOOKS: Final = frozenset({"incidents", "maintenance"})


class EntrySlice(Slice):
    """An entry of a book: which, and from when to when."""

    book: str
    number: str
    began_at: datetime | None
    ended_at: datetime | None
    touches: list[str] | None = None


class EntryOpened(EntrySlice):
    """Something began, or is planned."""

    type: ClassVar[str] = "registers.entry_opened.v1"


class EntryChanged(EntrySlice):
    """Something more is known."""

    type: ClassVar[str] = "registers.entry_changed.v1"


class EntryClosed(EntrySlice):
    """It is over."""

    type: ClassVar[str] = "registers.entry_closed.v1"


OUTAGES: tuple[type[EntrySlice], ...] = (EntryOpened, EntryChanged, EntryClosed)


async def on_entry(session: AsyncSession, event: EntrySlice, meta: Meta) -> None:
    """Keep an outage, one that stops nobody from handing in without its times; other books are not intake's."""
    if event.book in BOOKS:
        times = (event.began_at, event.ended_at) if stops_receipt(event.touches) else (None, None)
        await keep_outage(session, event.number, *times, meta.aggregate_version)


def listen(listening: Subscriptions) -> None:
    """Register the handlers."""
    for one in OUTAGES:
        listening.on(one, on_entry)
