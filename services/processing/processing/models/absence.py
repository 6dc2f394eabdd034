"""When an officer is away and who stands in; rows are added and ended, never rewritten."""

import uuid
from datetime import date, datetime

from common.ids import uuid7
from sqlalchemy import Index, Text
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.orm import Mapped, mapped_column

from processing.events import AbsenceChanged
from processing.models.base import Base, Instant


class Absence(Base):
    """Local days, both counted, on which an officer is away (lịch vắng mặt), and the substitute (người thay).

    Source: BD Đ.14.5; NB Đ.23.5; HN Đ.10.7; R-INT-21
    """

    __tablename__ = "absence"
    __table_args__ = (
        Index("ix_absence_agency", "agency", "to_on"),
        Index("ix_absence_officer", "officer_id", "to_on"),
    )

    id: Mapped[uuid.UUID] = mapped_column(UUID, primary_key=True, default=uuid7)
    agency: Mapped[str] = mapped_column(Text)
    officer_id: Mapped[str] = mapped_column(Text)
    from_on: Mapped[date]
    to_on: Mapped[date]
    substitute_id: Mapped[str | None] = mapped_column(Text)
    recorded_by: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    ended_by: Mapped[str | None] = mapped_column(Text)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    def told(self, now: datetime) -> AbsenceChanged:
        """Return the fact of how it stands; it changes once, when it ends."""
        ended = self.ended_at is not None
        return AbsenceChanged(
            aggregate_id=str(self.id),
            aggregate_version=2 if ended else 1,
            agency=self.agency,
            occurred_at=now,
            absence_id=str(self.id),
            officer_id=self.officer_id,
            substitute_id=self.substitute_id,
            from_on=self.from_on,
            to_on=self.to_on,
            ended=ended,
        )
