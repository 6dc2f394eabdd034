"""Somebody enters how something ended."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from common.outbox import record
from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from registers import queries
from registers.domain import Book, Deed, State, closed_with
from registers.domain.errors import EntryClosedError, NeverClosesError
from registers.events import EntryClosed
from registers.models import Entry


async def close_entry(
    session: AsyncSession,
    book: Book,
    caller: Caller,
    number: str,
    *,
    version: int,
    typed: Mapping[str, Any],
    now: datetime,
) -> Entry:
    """Close an entry of the version the caller saw with its end and cause.

    Raises:
        NotFoundError: the book has no such entry.
        NeverClosesError: entries of this book do not end.
        StaleVersionError: somebody else wrote meanwhile.
        EntryClosedError: it has ended already.
        InvalidInputError, EndsBeforeItBeganError: what was typed is not right.

    Source: TN Đ.22.1.d; R-OPS-04
    """
    entry = await queries.entry(session, book, number)
    if not book.closes:
        raise NeverClosesError
    if entry.is_closed:
        raise EntryClosedError(number=number)
    entry.expect(version)
    before = entry.values
    entry.take(book, closed_with(book, before, typed, now))
    entry.state, entry.closed_at = State.CLOSED, now
    added = {name: said for name, said in entry.values.items() if name not in before}
    session.add(entry.line(Deed.CLOSED, caller.subject, now, added))
    await session.flush()
    await record(session, entry.fact(book, EntryClosed, now))
    return entry
