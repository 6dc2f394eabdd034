"""What was instructed about overdue dossiers; rows are added, never rewritten, and follow from no fact."""

import uuid
from datetime import date, datetime

from common.ids import uuid7
from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from stats.models.base import Base


class Instruction(Base):
    """The Chairman's word on the overdue dossiers of some days (ý kiến chỉ đạo), as the centre received it.

    Source: TN Đ.11.4.g; R-PRC-15
    """

    __tablename__ = "instruction"
    __table_args__ = (Index("ix_instruction_period", "last", "first"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid7)
    first: Mapped[date]
    last: Mapped[date]
    overdue_count: Mapped[int]
    reported_on: Mapped[date]
    received_on: Mapped[date]
    given_by: Mapped[str]
    words: Mapped[str]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]
