"""Somebody enters something in a book."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from common.outbox import record
from regulation.zone import local_day
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from registers.domain import Book, Deed, State, number_of, opened_with
from registers.events import EntryOpened
from registers.models import Count, Entry


async def open_entry(
    session: AsyncSession, book: Book, by: str, typed: Mapping[str, Any], now: datetime
) -> Entry:
    """Enter something under the next number of the year, `by` an account, and announce it.

    Raises:
        InvalidInputError, NotYetError, EndsBeforeItBeganError: what was typed cannot be entered.

    Source: TN Đ.22.1.d; R-OPS-04
    """
    values, year = opened_with(book, typed, now), local_day(now).year
    serial = await _next(session, book, year)
    entry = Entry(
        number=number_of(book, year, serial),
        book=book.key,
        year=year,
        serial=serial,
        state=State.OPEN if book.closes else State.CLOSED,
        opened_at=now,
        opened_by=by,
        closed_at=None if book.closes else now,
        line_count=0,
    )
    entry.take(book, values)
    session.add(entry)
    await session.flush()
    session.add(entry.line(Deed.OPENED, by, now, values))
    await session.flush()
    await record(session, entry.fact(book, EntryOpened, now))
    return entry


async def _next(session: AsyncSession, book: Book, year: int) -> int:
    """Return the next number; who enters at the same moment waits, so that none is left out."""
    begun = insert(Count).values(book=book.key, year=year, last=1)
    grown = begun.on_conflict_do_update(index_elements=["book", "year"], set_={"last": Count.last + 1})
    return (await session.scalars(grown.returning(Count.last))).one()
