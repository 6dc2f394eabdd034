"""One step as it was done; rows are added and ended, never rewritten."""

import uuid
from datetime import datetime

from common.ids import uuid7
from sqlalchemy import BigInteger, ForeignKey, Identity, Index, Text
from sqlalchemy.dialects.postgresql import JSONB, UUID
from sqlalchemy.orm import Mapped, mapped_column

from processing.domain.outcomes import Action
from processing.models.base import Base, Instant, Json


class StepRecord(Base):
    """Start, end, actor and remarks of a step (nhật ký bước). Source: QT Đ.25.2; R-PRC-04"""

    __tablename__ = "step_record"
    __table_args__ = (
        Index("ix_step_record_dossier", "dossier_code", "seq"),
        Index("ix_step_record_actor", "actor_id", "ended_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(UUID, primary_key=True, default=uuid7)
    seq: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    dossier_code: Mapped[str] = mapped_column(Text, ForeignKey("dossier.code"))
    step_id: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    started_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    ledger: Mapped[Json] = mapped_column(JSONB)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    action: Mapped[str | None] = mapped_column(Text)
    actor_id: Mapped[str | None] = mapped_column(Text)
    remarks: Mapped[str | None] = mapped_column(Text)
    passed_over: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many of the officer's own tasks were due sooner when this one was done. Source: QT Đ.4.3; R-PRC-21"""

    def end(
        self,
        action: Action,
        now: datetime,
        actor_id: str | None,
        remarks: str | None = None,
        passed_over: int = 0,
    ) -> None:
        """Write how, when and by whom the step ended; None as actor is the system itself."""
        self.passed_over = passed_over
        self.action, self.ended_at, self.actor_id, self.remarks = action, now, actor_id, remarks or None
