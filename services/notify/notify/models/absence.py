"""A copy of who is away and who stands in, as long as it matters."""

from datetime import date

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from notify.models.base import Base


class Absence(Base):
    """Local days, both counted, on which an officer is away (vắng mặt), and the substitute (người thay)."""

    __tablename__ = "absence"
    __table_args__ = (Index("ix_absence_officer", "officer_id", "to_on"),)

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[int]
    officer_id: Mapped[str] = mapped_column(Text)
    substitute_id: Mapped[str | None] = mapped_column(Text)
    from_on: Mapped[date]
    to_on: Mapped[date]
    ended: Mapped[bool]
