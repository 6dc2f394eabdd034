"""Who got a dossier, from whom, by which rule and why; rows are added, never rewritten."""

from datetime import datetime

from procedures import StepKind
from regulation.states import State
from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from processing.domain.assignment import Given
from processing.models.base import Base, Instant
from processing.models.dossier import Dossier


class Assignment(Base):
    """One change of the officer who handles a dossier (giao việc, bàn giao hồ sơ).

    `passed_over` counts the free dossiers of the unit that were due sooner when it was taken.

    Source: QT Đ.4.3; R-PRC-21
    """

    __tablename__ = "assignment"

    dossier_code: Mapped[str] = mapped_column(Text, ForeignKey("dossier.code"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    way: Mapped[str] = mapped_column(Text)
    from_officer: Mapped[str | None] = mapped_column(Text)
    officer_id: Mapped[str] = mapped_column(Text)
    assigned_by: Mapped[str] = mapped_column(Text)
    assigned_at: Mapped[datetime] = mapped_column(Instant)
    reason: Mapped[str | None] = mapped_column(Text)
    passed_over: Mapped[int]

    @classmethod
    def of(cls, dossier: Dossier, number: int, given: Given) -> "Assignment":
        """Put a dossier into an officer's hands and return the line that says so."""
        line = cls(
            dossier_code=dossier.code,
            number=number,
            way=given.way,
            from_officer=dossier.officer_id,
            officer_id=given.to,
            assigned_by=given.by,
            assigned_at=given.at,
            reason=given.reason,
            passed_over=given.passed_over,
        )
        dossier.officer_id = given.to
        if dossier.step_kind == StepKind.TASK:
            dossier.state = State.IN_PROCESS
        return line
