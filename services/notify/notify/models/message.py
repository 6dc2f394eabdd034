"""A notice to one person, and its way over each channel."""

import uuid
from datetime import datetime

from common.ids import uuid7
from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB, UUID
from sqlalchemy.orm import Mapped, mapped_column, relationship

from notify.domain.delivery import State
from notify.models.base import Base, Instant, Json


class Message(Base):
    """A notice in a person's portal inbox (thông báo), written once in both languages."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("event_id", "recipient", name="uq_message_event_recipient"),
        Index("ix_message_dossier", "dossier_code"),
        Index("ix_message_created_at", "created_at", postgresql_using="brin"),
        Index("ix_message_inbox", "recipient", text("id DESC")),
        Index("ix_message_unread", "recipient", postgresql_where=text("read_at IS NULL")),
    )

    id: Mapped[uuid.UUID] = mapped_column(UUID, primary_key=True, default=uuid7)
    event_id: Mapped[uuid.UUID] = mapped_column(UUID)
    recipient: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    template_version: Mapped[int]
    dossier_code: Mapped[str | None] = mapped_column(Text)
    subject: Mapped[dict[str, str]] = mapped_column(JSONB)
    body: Mapped[dict[str, str]] = mapped_column(JSONB)
    sms: Mapped[dict[str, str]] = mapped_column(JSONB)
    link: Mapped[dict[str, str]] = mapped_column(JSONB)
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    attachments: Mapped[list[Json]] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(Instant)
    read_at: Mapped[datetime | None] = mapped_column(Instant)
    deliveries: Mapped[list["Delivery"]] = relationship(back_populates="message", lazy="raise")


class Delivery(Base):
    """One notice over one channel, with its final state and reason; addresses are never kept."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("event_id", "recipient", "channel", name="uq_delivery_event_recipient_channel"),
        Index("ix_delivery_due", "next_attempt_at", postgresql_where=text("state IN ('queued', 'sending')")),
        Index("ix_delivery_message", "message_id"),
        Index(
            "ix_delivery_missed",
            "finished_at",
            postgresql_where=text("state = 'failed' OR reason = 'no-address'"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(UUID, primary_key=True, default=uuid7)
    message_id: Mapped[uuid.UUID] = mapped_column(UUID, ForeignKey("message.id"))
    event_id: Mapped[uuid.UUID] = mapped_column(UUID)
    recipient: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, default=State.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime] = mapped_column(Instant)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str | None] = mapped_column(Text)
    instead_of: Mapped[str | None] = mapped_column(Text)
    """The channel that failed and in whose place this one is taken, whoever chose what."""
    message: Mapped[Message] = relationship(back_populates="deliveries", lazy="raise")
