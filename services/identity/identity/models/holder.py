"""Who holds the province's posts. Rows are added; the one before ends when the next begins."""

import uuid
from datetime import date, datetime

from common.ids import uuid7
from sqlalchemy import Date, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from identity.domain.holders import Naming
from identity.models.base import Base


class RoleHolder(Base):
    """A body that holds a post of the province (cơ quan giữ vai trò). Source: TN Đ.23; QT Đ.6; R-ORG-01."""

    __tablename__ = "role_holder"
    __table_args__ = (Index("uq_role_holder_post", "post", "from_on", unique=True),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    post: Mapped[str] = mapped_column(String(20))
    body: Mapped[str] = mapped_column(String(200))
    substitute: Mapped[str] = mapped_column(String(200))
    """Who acts while the body does not exist yet; empty for nobody."""
    document_number: Mapped[str] = mapped_column(String(60))
    from_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date | None] = mapped_column(Date)
    entered_by: Mapped[str] = mapped_column(String(60))
    entered_at: Mapped[datetime]

    @classmethod
    def named(cls, said: Naming, by: str, now: datetime) -> "RoleHolder":
        """Write a holder down."""
        return cls(
            id=uuid7(),
            post=said.post.value,
            body=said.body,
            substitute=said.substitute,
            document_number=said.document_number,
            from_on=said.from_on,
            until_on=said.until_on,
            entered_by=by,
            entered_at=now,
        )
