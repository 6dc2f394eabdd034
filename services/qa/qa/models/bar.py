"""A decision that keeps somebody from asking, with its reason, its end and where to appeal."""

import uuid
from datetime import date, datetime

from common.sealed import Sealed, SealedRow
from regulation.proofs import proof_marks
from sqlalchemy import ColumnElement, Index, Text, or_, text
from sqlalchemy.dialects.postgresql import ARRAY, UUID
from sqlalchemy.orm import Mapped, mapped_column

from qa.models.base import Base


class Bar(SealedRow, Base):
    """Who may not ask until when (không được đặt câu hỏi), by which decision.

    Source: NB Đ.18.1.a; TN Đ.13.1; R-QNA-03
    """

    __tablename__ = "bar"
    __table_args__ = (
        Index("ix_bar_running", "until", postgresql_where=text("ended_at is null")),
        Index(
            "ix_bar_clear",
            "id",
            postgresql_where=text("id_number is not null or email is not null or phone is not null"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(UUID, primary_key=True)
    account: Mapped[str | None]
    plain_id_number: Mapped[str | None] = mapped_column("id_number")
    id_number_sealed: Mapped[str | None]
    id_number_mark: Mapped[str | None]
    id_number = Sealed[str | None](str, str, marks={"id_number_mark": str})
    plain_email: Mapped[str | None] = mapped_column("email")
    email_sealed: Mapped[str | None]
    email_mark: Mapped[str | None]
    email = Sealed[str | None](str, str, marks={"email_mark": str})
    plain_phone: Mapped[str | None] = mapped_column("phone")
    phone_sealed: Mapped[str | None]
    phone_mark: Mapped[str | None]
    phone = Sealed[str | None](str, str, marks={"phone_mark": str})
    proofs: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    """The same three by marks that tokens carry too, so that an account is known whatever it types."""
    decision: Mapped[str]
    ground: Mapped[str]
    appeal: Mapped[str]
    since: Mapped[datetime]
    until: Mapped[date]
    by: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    end_reason: Mapped[str | None]

    def mark(self, key: str) -> bool:
        """Mark whom the decision is against as tokens do; tell whether that changed anything."""
        told = {"id_number": self.id_number, "email": self.email, "phone": self.phone}
        marks = sorted(proof_marks(key, told))
        changed = marks != self.proofs
        self.proofs = marks
        return changed

    @classmethod
    def of_somebody(cls) -> ColumnElement[bool]:
        """Give the condition for decisions that still say whom they are against."""
        plain = (cls.account, cls.plain_id_number, cls.plain_email, cls.plain_phone)
        sealed = (cls.id_number_sealed, cls.email_sealed, cls.phone_sealed)
        return or_(*(one.is_not(None) for one in (*plain, *sealed)))
