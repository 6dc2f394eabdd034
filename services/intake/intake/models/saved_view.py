"""The ways of looking at the desk's queues that officers keep."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from intake.models.base import Base


class SavedView(Base):
    """Danh sách đã lưu: a list, what narrows it and its columns, under the name an officer gave it."""

    __tablename__ = "saved_view"
    __table_args__ = (Index("ix_saved_view_name", "owner_id", "name", unique=True),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[str]
    name: Mapped[str]
    list: Mapped[str]
    chosen: Mapped[dict[str, Any]] = mapped_column(JSONB)
    columns: Mapped[Sequence[str]] = mapped_column(JSONB)
    saved_at: Mapped[datetime]
