"""Somebody enters what was done about an entry."""

from datetime import datetime

from common.outbox import record
from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from registers import queries
from registers.domain import Book, Deed
from registers.domain.errors import EntryClosedError, NotYetError
from registers.events import EntryChanged
from registers.models import Entry


async def add_deed(
    session: AsyncSession,
    book: Book,
    caller: Caller,
    number: str,
    *,
    what: str,
    done_at: datetime,
    now: datetime,
) -> Entry:
    """Add what was done, with its time; several people may do so at once.

    Raises:
        NotFoundError: the book has no such entry.
        EntryClosedError: it has ended.
        NotYetError: it was not done yet.

    Source: TN Đ.22.1.d; R-OPS-04
    """
    entry = await queries.entry(session, book, number)
    await session.refresh(entry, with_for_update=True)
    if entry.is_closed:
        raise EntryClosedError(number=number)
    if done_at > now:
        raise NotYetError(field="done_at", rule="future")
    session.add(entry.line(Deed.DONE, caller.subject, now, {"what": what, "done_at": done_at.isoformat()}))
    await session.flush()
    await record(session, entry.fact(book, EntryChanged, now, notice_changed=False))
    return entry
