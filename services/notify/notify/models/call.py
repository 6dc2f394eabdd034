"""Telephone calls about dossiers, and reminders to agencies: written down once and never changed."""

import uuid
from datetime import datetime

from common.ids import uuid7
from sqlalchemy import Index, Text
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.orm import Mapped, mapped_column

from notify.models.base import Base, Instant


class Call(Base):
    """A telephone call with somebody about a dossier (cuộc gọi), as the officer who made or took it wrote it down."""

    __tablename__ = "call"
    __table_args__ = (Index("ix_call_dossier", "dossier_code", "called_at"),)

    id: Mapped[uuid.UUID] = mapped_column(UUID, primary_key=True, default=uuid7)
    dossier_code: Mapped[str] = mapped_column(Text)
    direction: Mapped[str] = mapped_column(Text)
    result: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    called_at: Mapped[datetime] = mapped_column(Instant)
    called_by: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(Instant)


class Reminder(Base):
    """An agency was reminded of its overdue dossiers (đôn đốc)."""

    __tablename__ = "reminder"
    __table_args__ = (Index("ix_reminder_agency", "agency", "reminded_at"),)

    id: Mapped[uuid.UUID] = mapped_column(UUID, primary_key=True, default=uuid7)
    agency: Mapped[str] = mapped_column(Text)
    reminded_at: Mapped[datetime] = mapped_column(Instant)
    reminded_by: Mapped[str] = mapped_column(Text)
    overdue_count: Mapped[int]
    told_count: Mapped[int]
