"""Reports of periodic reviews of officers' accounts. Rows are only ever added."""

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from identity.models.base import Base


class UsageReview(Base):
    """A review of accounts that were not used (rà soát tài khoản). Source: QT Đ.11.5; R-ACC-20."""

    __tablename__ = "usage_review"
    __table_args__ = (Index("ix_usage_review_agency", "agency", "entered_at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    agency: Mapped[str] = mapped_column(String(60))
    since: Mapped[datetime]
    entered_by: Mapped[str] = mapped_column(String(60))
    entered_at: Mapped[datetime]


class UsageReviewLine(Base):
    """What became of one account in a review. Source: QT Đ.11.5; R-ACC-20."""

    __tablename__ = "usage_review_line"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    review_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("usage_review.id"), index=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"))
    last_used_at: Mapped[datetime | None]
    fate: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(String(500))
