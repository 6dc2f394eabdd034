"""Named reads of books."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from common.counting import bounded
from common.cursors import read_cursor, write_cursor
from common.errors import NotFoundError
from regulation.zone import day_begins, local_day
from sqlalchemy import ColumnElement, Select, Text, and_, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from registers.domain import Book, State
from registers.domain.standing import HELD, Availability, PartFacts, availability
from registers.models import Entry, Line, Observation, Officer, Part


@dataclass(frozen=True)
class Wish:
    """What is asked of a book: a state, one choice, when it was entered; empty asks for everything."""

    state: State | None = None
    chosen: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class EntryPage:
    """One page of a book, newest first; `total` stops counting at the cap."""

    items: Sequence[Entry]
    total: int
    next: str | None


def _tests(book: Book, wish: Wish) -> list[ColumnElement[bool]]:
    tests: list[ColumnElement[bool]] = [Entry.book == book.key]
    tests += [Entry.state == wish.state] if wish.state else []
    if wish.chosen and book.chosen_by:
        tests.append(Entry.values[book.chosen_by].astext == wish.chosen)
    tests += [Entry.opened_at >= wish.since] if wish.since else []
    return tests + ([Entry.opened_at < wish.until] if wish.until else [])


def entries(book: Book, wish: Wish) -> Select[tuple[Entry]]:
    """Select the entries of a book that are asked for, newest first."""
    found = select(Entry).where(*_tests(book, wish))
    return found.order_by(Entry.year.desc(), Entry.serial.desc())


async def page(
    session: AsyncSession, book: Book, wish: Wish, *, limit: int, cursor: str | None = None
) -> EntryPage:
    """Return a page of a book. Raises: InvalidInputError when the cursor is none."""
    found = entries(book, wish)
    condition = _tests(book, wish)
    total = await session.scalar(select(bounded(and_(*condition), Entry.year, Entry.serial)))
    if cursor:
        found = found.where(tuple_(Entry.year, Entry.serial) < read_cursor(cursor, int, int))
    rows = (await session.scalars(found.limit(limit + 1))).all()
    more = write_cursor(rows[limit - 1].year, rows[limit - 1].serial) if len(rows) > limit else None
    return EntryPage(rows[:limit], total or 0, more)


async def entry(session: AsyncSession, book: Book, number: str) -> Entry:
    """Return an entry of a book. Raises: NotFoundError."""
    found = await session.get(Entry, number)
    if found is None or found.book != book.key:
        raise NotFoundError
    return found


async def opened_by(session: AsyncSession, book: Book, account: str, limit: int) -> Sequence[Entry]:
    """Return what an account entered in a book, newest first."""
    mine = select(Entry).where(Entry.book == book.key, Entry.opened_by == account)
    newest = mine.order_by(Entry.year.desc(), Entry.serial.desc()).limit(limit)
    return (await session.scalars(newest)).all()


async def entries_naming(
    session: AsyncSession, person: str, *, known: Sequence[str] = (), now: datetime, limit: int
) -> Sequence[str]:
    """Return `book/number` of entries in which a person is named as typed, or one of the accounts, the newest first.

    Books are short and what stands in them is free text: they are read through. Source: R-SEC-22; R-SEC-08
    """
    account = Entry.values["account"].astext
    named = Entry.values.cast(Text).icontains(person, autoescape=True)
    asked = select(Entry.book + "/" + Entry.number).where(or_(named, account.in_([person, *known])))
    return (await session.scalars(asked.order_by(Entry.opened_at.desc()).limit(limit))).all()


async def lines(session: AsyncSession, numbers: Iterable[str]) -> Sequence[Line]:
    """Return the lines of entries, in the order they were written."""
    asked = select(Line).where(Line.number.in_(list(numbers))).order_by(Line.number, Line.no)
    return (await session.scalars(asked)).all()


async def names(session: AsyncSession, officers: Iterable[str]) -> dict[str, str]:
    """Return the names of officers by account; who has not been told of is missing."""
    known = select(Officer.id, Officer.name).where(Officer.id.in_(list(officers)))
    return dict((await session.execute(known)).tuples().all())


async def told_of(session: AsyncSession, books: Iterable[str], since: datetime) -> Sequence[Entry]:
    """Return the entries of these books that are open or were closed after an instant, newest first."""
    recent = or_(Entry.state == State.OPEN, Entry.closed_at >= since)
    asked = select(Entry).where(Entry.book.in_(list(books)), recent)
    return (await session.scalars(asked.order_by(Entry.opened_at.desc(), Entry.number.desc()))).all()


async def open_count(session: AsyncSession, books: Iterable[str]) -> int:
    """Count the open entries of these books."""
    asked = select(func.count()).select_from(Entry)
    return await session.scalar(asked.where(Entry.book.in_(list(books)), Entry.state == State.OPEN)) or 0


async def last_begun(session: AsyncSession, book: str, question: str, answer: str) -> datetime | None:
    """Return when the newest entry of a book with this answer began."""
    asked = select(func.max(Entry.began_at)).where(
        Entry.book == book, Entry.values[question].astext == answer
    )
    found: datetime | None = await session.scalar(asked)
    return found


async def last_look(session: AsyncSession) -> Observation | None:
    """Return the newest look at the suite."""
    newest: Observation | None = await session.scalar(
        select(Observation).order_by(Observation.at.desc()).limit(1)
    )
    return newest


async def parts(session: AsyncSession) -> tuple[list[PartFacts], dict[str, Any] | None]:
    """Return how each process stood when it was last looked at, and how backups did."""
    rows = {row.name: row.facts for row in await session.scalars(select(Part).order_by(Part.name))}
    backup = rows.pop("backup", None)
    known = {one.name for one in fields(PartFacts)}  # a newer version may have noted more
    read = [{name: value for name, value in facts.items() if name in known} for facts in rows.values()]
    for facts in read:
        facts.update({name: tuple(facts.get(name, ())) for name in ("late_jobs", "failed_jobs")})
    return [PartFacts(**facts) for facts in read], backup


async def months(session: AsyncSession, now: datetime, count: int) -> list[tuple[date, Availability]]:
    """Return the availability of the last months, newest first, each from the first look there ever was."""
    first = await session.scalar(select(func.min(Observation.at)))
    found: list[tuple[date, Availability]] = []
    month = local_day(now).replace(day=1)
    until = now
    while first is not None and len(found) < count and first < until:
        begins = day_begins(month)
        found.append((month, await _measured(session, max(begins, first), until)))
        month, until = _before(month), begins
    return found


def _before(month: date) -> date:
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


async def _measured(session: AsyncSession, since: datetime, until: datetime) -> Availability:
    """Measure a time; the look before it may still speak for its first minutes."""
    asked = select(Observation.at, Observation.down).where(
        Observation.at > since - HELD, Observation.at < until
    )
    looks = (await session.execute(asked.order_by(Observation.at))).tuples().all()
    return availability(looks, since, until)
