"""What this service keeps: entries, their lines, the count of each year, and who officers are."""

from datetime import datetime
from typing import Any

from audit import audit_tables
from common import database
from common.database import Versioned, plumbing_tables
from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from registers.domain import Book, Deed, Instants, State, instants_of
from registers.domain.entries import words_of
from registers.events import EntryFact, NoticeWords


class Base(database.Base):
    """Tables of this service."""


plumbing_tables(Base.metadata)
audit_tables(Base.metadata)


class Entry(Versioned, Base):
    """An entry (mục ghi trong sổ) as its lines leave it; the database refuses to delete one."""

    __tablename__ = "entry"
    __table_args__ = (Index("ix_entry_book", "book", "year", "serial", unique=True),)

    number: Mapped[str] = mapped_column(primary_key=True)
    book: Mapped[str]
    year: Mapped[int]
    serial: Mapped[int]
    state: Mapped[str]
    values: Mapped[dict[str, Any]] = mapped_column(JSONB)
    began_at: Mapped[datetime | None]
    expected_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    opened_at: Mapped[datetime]
    opened_by: Mapped[str]
    closed_at: Mapped[datetime | None]
    line_count: Mapped[int]

    @property
    def is_closed(self) -> bool:
        """Whether it ended."""
        return self.state == State.CLOSED

    @property
    def instants(self) -> Instants:
        """When it began, should end and ended."""
        return Instants(self.began_at, self.expected_at, self.ended_at)

    def take(self, book: Book, values: dict[str, Any]) -> None:
        """Hold other answers, and the instants that follow from them."""
        told = instants_of(book, values)
        self.values = values
        self.began_at, self.expected_at, self.ended_at = told.began_at, told.expected_at, told.ended_at

    def line(self, kind: Deed, by: str, now: datetime, values: dict[str, Any], reason: str = "") -> "Line":
        """Make the next line of the entry."""
        self.line_count += 1
        return Line(
            number=self.number, no=self.line_count, kind=kind, by=by, at=now, values=values, reason=reason
        )

    def fact(self, book: Book, kind: type[EntryFact], now: datetime, **more: Any) -> EntryFact:
        """Return what is announced of the entry; it was flushed, so that its version is the new one."""
        words = words_of(book.notice, self.values)
        return kind(
            aggregate_id=self.number,
            aggregate_version=self.version,
            agency=None,
            occurred_at=now,
            book=self.book,
            number=self.number,
            state=self.state,
            planned=bool(book.notice and book.notice.planned),
            began_at=self.began_at,
            expected_at=self.expected_at,
            ended_at=self.ended_at,
            notice=NoticeWords(**words) if words else None,
            touches=sorted(book.touched(self.values)),
            alarm=book.alarm(self.values),
            **more,
        )


class Line(Base):
    """One line of an entry: who did what, when; lines are only added."""

    __tablename__ = "line"

    number: Mapped[str] = mapped_column(ForeignKey("entry.number"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    values: Mapped[dict[str, Any]] = mapped_column(JSONB)
    reason: Mapped[str]


class Count(Base):
    """How many entries a book has in a year: the next number follows, without a gap."""

    __tablename__ = "count"

    book: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class Officer(Base):
    """The name of an officer, as identity last told it."""

    __tablename__ = "officer"

    id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    name: Mapped[str]


class Observation(Base):
    """One look at the suite: which services did not answer. Availability is measured from these rows."""

    __tablename__ = "observation"

    at: Mapped[datetime] = mapped_column(primary_key=True)
    down: Mapped[list[str]] = mapped_column(JSONB)


class Part(Base):
    """How a process stood when it was last looked at."""

    __tablename__ = "part"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)
