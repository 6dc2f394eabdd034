"""Codes by which a dossier is rated at the counter."""

from datetime import datetime

from common.sealing import Ring
from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from qa.domain.counter import CounterNotKeyedError, read_code
from qa.models.base import Base

_PLACE = "counter_code.mark"


class CounterCode(Base):
    """A code for the tablet (mã đánh giá tại quầy), kept by its mark alone and gone when it was used."""

    __tablename__ = "counter_code"
    __table_args__ = (
        UniqueConstraint("dossier", "phase", name="uq_counter_code_dossier"),
        Index("ix_counter_code_until", "until"),
    )

    mark: Mapped[str] = mapped_column(primary_key=True)
    dossier: Mapped[str]
    phase: Mapped[str]
    until: Mapped[datetime]

    @staticmethod
    def marked(code: str, ring: Ring | None) -> str:
        """Return the mark of a code. Raises: CounterNotKeyedError."""
        if ring is None:
            raise CounterNotKeyedError
        return ring.mark(read_code(code), _PLACE)
