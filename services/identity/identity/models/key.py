"""Signing keys, their private halves sealed."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from identity.models.base import Base


class SigningKey(Base):
    """A key that signs tokens (khóa ký): from when it signs, and until when others must still trust it."""

    __tablename__ = "signing_key"

    kid: Mapped[str] = mapped_column(String(40), primary_key=True)
    sealed: Mapped[str] = mapped_column(Text)
    public_jwk: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    active_from: Mapped[datetime]
    published_until: Mapped[datetime | None]
