"""An opinion asked of another unit or agency; rows are added and answered, never rewritten."""

import uuid
from datetime import datetime

from common.ids import uuid7
from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB, UUID
from sqlalchemy.orm import Mapped, mapped_column

from processing.domain.consultation import Standing, standing
from processing.models.base import Base, Instant, Json


class Consultation(Base):
    """A request for an opinion with its own due time (lấy ý kiến); the dossier's clock runs on.

    `unit` is empty where the whole agency is asked. A late answer is kept beside the note that there was none in time.

    Source: BD Đ.8.1.b; TN Đ.11.4.d; R-PRC-06; R-PRC-07
    """

    __tablename__ = "consultation"
    __table_args__ = (
        Index("ix_consultation_dossier", "dossier_code", "number", unique=True),
        Index("ix_consultation_asked", "agency", "due_at", "id"),
        Index("ix_consultation_waiting", "due_at", postgresql_where=text("answered_at is null")),
    )

    id: Mapped[uuid.UUID] = mapped_column(UUID, primary_key=True, default=uuid7)
    dossier_code: Mapped[str] = mapped_column(Text, ForeignKey("dossier.code"))
    number: Mapped[int]
    agency: Mapped[str] = mapped_column(Text)
    unit: Mapped[str | None] = mapped_column(Text)
    question: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    soon_at: Mapped[datetime] = mapped_column(Instant)
    ledger: Mapped[Json] = mapped_column(JSONB)
    reminded_at: Mapped[datetime | None] = mapped_column(Instant)
    lapsed_at: Mapped[datetime | None] = mapped_column(Instant)
    answer: Mapped[str | None] = mapped_column(Text)
    answered_by: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_by: Mapped[str | None] = mapped_column(Text)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)

    @property
    def told(self) -> Json:
        """Return what facts say of it."""
        return {
            "number": self.number,
            "asked_agency": self.agency,
            "asked_unit": self.unit,
            "due_at": self.due_at,
        }

    def standing(self, now: datetime, closed_at: datetime | None) -> Standing:
        """Tell how far it has come; `closed_at` is when the dossier was decided, if it was."""
        return standing(self.due_at, self.answered_at, now, closed_at, self.withdrawn_at)
