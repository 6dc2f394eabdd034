"""When an officer is away and who stands in; rows are added and ended, never rewritten."""

import uuid
from datetime import date, datetime

from common.ids import uuid7
from sqlalchemy import Index, Text
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.orm import Mapped, mapped_column

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
