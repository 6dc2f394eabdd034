"""Evaluations of how agencies serve online, kept with their figures."""

from datetime import date, datetime
from typing import Final

from common.database import Versioned
from sqlalchemy import Sequence, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from qa.models.base import Base, Json

EVALUATION_NUMBERS: Final = Sequence("evaluation_serial", metadata=Base.metadata)


class Evaluation(Versioned, Base):
    """An evaluation of the agencies of a province for a period (đợt đánh giá).

    Source: NB Đ.22.1; BD Đ.13.6; QT Đ.23; R-SAT-04
    """

    __tablename__ = "evaluation"
    __table_args__ = (UniqueConstraint("cycle", "first", name="uq_evaluation_cycle"),)

    number: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    cycle: Mapped[str]
    first: Mapped[date]
    last: Mapped[date]
    begun_by: Mapped[str]
    begun_at: Mapped[datetime]
    figures: Mapped[Json | None]
    """What was measured when it was closed: by agency and indicator a value and of how many cases."""
    conclusion: Mapped[str]
    closed_by: Mapped[str | None]
    closed_at: Mapped[datetime | None]
