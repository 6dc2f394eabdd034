"""Which instance settles whose dossiers, and which dossiers of its agencies another instance has."""

from datetime import datetime

from regulation.instances import Turn
from sqlalchemy import Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from processing.models.base import Base, Instant, Json


class KeptTurn(Base):
    """A turn as it was given here or told by the instance that gave it; `number` counts those of an agency."""

    __tablename__ = "turn"

    agency: Mapped[str] = mapped_column(Text, primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, primary_key=True)
    holder: Mapped[str] = mapped_column(Text)
    number: Mapped[int]

    def read(self) -> Turn:
        """Return it as rules ask for it."""
        return Turn(self.agency, self.at, self.holder)


class Elsewhere(Base):
    """A dossier that another instance settles (hồ sơ do nơi khác giải quyết).

    `version` is the fact by which it was handed over, 0 where it never was here; then `acceptance` is what the desk
    told, for the case that its turn comes to us.
    """

    __tablename__ = "elsewhere"
    __table_args__ = (
        Index("ix_elsewhere_handed_over", "holder", "agency", postgresql_where=text("version > 0")),
        Index("ix_elsewhere_accepted", "accepted_at", postgresql_where=text("version = 0")),
    )

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[int]
    agency: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(Text)
    officer_id: Mapped[str | None] = mapped_column(Text)
    receiving_point: Mapped[str] = mapped_column(Text)
    holder: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    accepted_at: Mapped[datetime] = mapped_column(Instant)
    acceptance: Mapped[Json | None] = mapped_column(JSONB(none_as_null=True))
    handed_over_at: Mapped[datetime | None] = mapped_column(Instant)
    taken_over_at: Mapped[datetime | None] = mapped_column(Instant)
