"""Somebody corrects an entry; what stood there before stays readable."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from common.outbox import record
from common.security import Caller
from sqlalchemy.ext.asyncio import AsyncSession

from registers import queries
from registers.domain import Book, Deed, changed
from registers.domain.entries import words_of
from registers.events import EntryChanged
from registers.models import Entry


async def correct_entry(
    session: AsyncSession,
    book: Book,
    caller: Caller,
    number: str,
    *,
    version: int,
    typed: Mapping[str, Any],
    reason: str,
    now: datetime,
) -> Entry:
    """Replace answers of the version the caller saw, and keep the old ones with who, when and why.

    Raises:
        NotFoundError: the book has no such entry.
        StaleVersionError: somebody else wrote meanwhile.
        InvalidInputError, NothingChangedError, NotYetError, EndsBeforeItBeganError: the correction is not right.

    Source: TN Đ.22.1.d; R-OPS-04; R-OPS-06
    """
    entry = await queries.entry(session, book, number)
    entry.expect(version)
    changes = changed(book, entry.values, typed, now, closed=entry.is_closed and book.closes)
    before = _told(book, entry)
    after = {**entry.values, **{name: change["after"] for name, change in changes.items()}}
    entry.take(book, {name: said for name, said in after.items() if said is not None})
    session.add(entry.line(Deed.CORRECTED, caller.subject, now, changes, reason))
    await session.flush()
    await record(session, entry.fact(book, EntryChanged, now, notice_changed=_told(book, entry) != before))
    return entry


def _told(book: Book, entry: Entry) -> tuple[object, ...]:
    """Return everything that everybody is told of an entry."""
    return words_of(book.notice, entry.values), entry.began_at, entry.expected_at
