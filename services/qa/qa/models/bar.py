"""A decision that keeps somebody from asking, with its reason, its end and where to appeal."""

import uuid
from datetime import date, datetime

from sqlalchemy import Index, text
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.orm import Mapped, mapped_column

from qa.models.base import Base


class Bar(Base):
    """Who may not ask until when (không được đặt câu hỏi), by which decision.

    Source: NB Đ.18.1.a; TN Đ.13.1; R-QNA-03
    """

    __tablename__ = "bar"
    __table_args__ = (Index("ix_bar_running", "until", postgresql_where=text("ended_at is null")),)

    id: Mapped[uuid.UUID] = mapped_column(UUID, primary_key=True)
    account: Mapped[str | None]
    id_number: Mapped[str | None]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    decision: Mapped[str]
    ground: Mapped[str]
    appeal: Mapped[str]
    since: Mapped[datetime]
    until: Mapped[date]
    by: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    end_reason: Mapped[str | None]
