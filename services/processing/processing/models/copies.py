"""Local copies of what neighbours announced, so that handling goes on while they are away."""

from collections.abc import Sequence
from datetime import date, datetime

from procedures import Procedure
from sqlalchemy import Text, func
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from processing.models.base import Announcing, Base, Instant, Json


class ProcedureVersion(Base):
    """One immutable published version of a procedure, whole."""

    __tablename__ = "procedure_version"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    search_key: Mapped[str] = mapped_column(Text)
    content: Mapped[Json] = mapped_column(JSONB)

    def read(self) -> Procedure:
        """Return what the catalogue published."""
        return Procedure.model_validate(self.content)


class Officer(Announcing, Base):
    """An officer as identity announced him, and when he was last seen at his work list."""

    __tablename__ = "officer"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[int]
    display_name: Mapped[str] = mapped_column(Text)
    agency: Mapped[str] = mapped_column(Text, index=True)
    unit: Mapped[str | None] = mapped_column(Text)
    roles: Mapped[list[str]] = mapped_column(JSONB)
    scope: Mapped[str | None] = mapped_column(Text)
    active: Mapped[bool]
    last_seen_at: Mapped[datetime | None] = mapped_column(Instant)
    idle_told: Mapped[str | None] = mapped_column(Text)


class Agency(Base):
    """The name of an agency, for the heading of documents, and from which local day on it is no more."""

    __tablename__ = "agency"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    parent: Mapped[str | None] = mapped_column(Text)
    valid_to: Mapped[date | None]

    def ended(self, day: date) -> bool:
        """Tell whether it was merged or closed by a local day."""
        return self.valid_to is not None and self.valid_to <= day


class DecisionSeries(Base):
    """The last number given to a document of an agency in a year."""

    __tablename__ = "decision_series"

    agency: Mapped[str] = mapped_column(Text, primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]

    @classmethod
    async def next_serial(cls, session: AsyncSession, agency: str, year: int) -> int:
        """Take the next number of an agency's series; rivals wait until this transaction ends."""
        first = insert(cls).values(agency=agency, year=year, last=1)
        taken = first.on_conflict_do_update(index_elements=["agency", "year"], set_={"last": cls.last + 1})
        return (await session.scalars(taken.returning(cls.last))).one()

    @classmethod
    async def keep_highest(cls, session: AsyncSession, told: Sequence[Json]) -> None:
        """Go on from series that another instance kept; a lower number than ours changes nothing."""
        for one in told:
            first = insert(cls).values(**one)
            higher = {"last": func.greatest(cls.last, first.excluded.last)}
            await session.execute(first.on_conflict_do_update(index_elements=["agency", "year"], set_=higher))
