"""Rows of the content controller's checks; what was found once stays."""

import uuid
from datetime import datetime

from common.ids import uuid7
from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from catalog.models.base import Base


class VersionCheck(Base):
    """A check (kiểm soát nội dung) of one version before publication. Source: TN Đ.7.6; R-CAT-18."""

    __tablename__ = "version_check"
    __table_args__ = (Index("ix_version_check_procedure", "procedure", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid7)
    procedure: Mapped[str]
    number: Mapped[int]
    asked_at: Mapped[datetime]
    asked_by: Mapped[str]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    approved: Mapped[bool | None]
    reason: Mapped[str]
