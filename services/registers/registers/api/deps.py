"""What the routes take from the composition root, and which book a request is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from common.api import CallerDep, LangDep, NowDep, SessionDep
from common.api.deps import built
from common.errors import NotFoundError
from common.security import Caller
from fastapi import Depends
from regulation.roles import Right, who_may
from regulation.text import Lang
from sqlalchemy.ext.asyncio import AsyncSession

from registers.domain import Book


@dataclass(frozen=True)
class Built:
    """What `main` built: the declared books by key, and answers that the profile suggests, by question."""

    books: Mapping[str, Book]
    suggested: Mapping[str, str]
    check_months: int
    """Months between two checks of security."""


BuiltDep = Annotated[Built, Depends(built)]


@dataclass(frozen=True)
class Desk:
    """A request about one book by somebody who may read it."""

    book: Book
    caller: Caller
    session: AsyncSession
    lang: Lang
    now: datetime
    suggested: Mapping[str, str]

    @property
    def keeps(self) -> bool:
        """Whether the caller may write in the book."""
        return not self.caller.roles.isdisjoint(who_may(self.book.keeps))


def _opened(built: Built, key: str, caller: Caller, *, to_write: bool) -> Book:
    """Return a book that the caller may read, or write in. Raises: NotFoundError, ForbiddenError."""
    book = built.books.get(key)
    if book is None:
        raise NotFoundError
    right: Right = book.keeps if to_write else book.reads
    caller.require(*who_may(right))
    return book


async def reading(
    *, book: str, built: BuiltDep, caller: CallerDep, session: SessionDep, lang: LangDep, now: NowDep
) -> Desk:
    """Open a book to read. Raises: NotFoundError, ForbiddenError."""
    return Desk(_opened(built, book, caller, to_write=False), caller, session, lang, now, built.suggested)


async def writing(
    *, book: str, built: BuiltDep, caller: CallerDep, session: SessionDep, lang: LangDep, now: NowDep
) -> Desk:
    """Open a book to write in. Raises: NotFoundError, ForbiddenError."""
    return Desk(_opened(built, book, caller, to_write=True), caller, session, lang, now, built.suggested)


ReadingDep = Annotated[Desk, Depends(reading)]
WritingDep = Annotated[Desk, Depends(writing)]
