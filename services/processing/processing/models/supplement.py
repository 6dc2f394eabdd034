"""What an officer finds missing while a dossier is handled; rows are added and answered, never rewritten."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from processing.models.base import Base, Instant, Json


class Supplement(Base):
    """A draft of what the applicant is to add (nội dung cần bổ sung); the desk asks for it.

    `requested_at` says when the desk asked, `supplied_at` when the answer came.

    Source: TN Đ.11.4.c; R-PRC-10
    """

    __tablename__ = "supplement"

    dossier_code: Mapped[str] = mapped_column(Text, ForeignKey("dossier.code"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    guidance: Mapped[str] = mapped_column(Text)
    items: Mapped[list[Any]] = mapped_column(JSONB)
    free_items: Mapped[list[Any]] = mapped_column(JSONB)
    drafted_by: Mapped[str] = mapped_column(Text)
    drafted_at: Mapped[datetime] = mapped_column(Instant)
    requested_at: Mapped[datetime | None] = mapped_column(Instant)
    supplied_at: Mapped[datetime | None] = mapped_column(Instant)

    @property
    def told(self) -> Json:
        """Return what the fact says of it."""
        kept = ("number", "reason", "guidance", "items", "free_items", "drafted_at")
        return {name: getattr(self, name) for name in kept}
