"""The history of a question or of feedback: one line for each thing done, which nobody takes away."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from qa.domain import Deed
from qa.models.base import Base, Json


class Line(Base):
    """One line of such a history: who did what, when, for which agency; lines are only added."""

    __tablename__ = "line"
    __table_args__ = (Index("ix_line_deed", "deed", "at"),)

    question: Mapped[str] = mapped_column(primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    deed: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    agency: Mapped[str]
    reason: Mapped[str]
    more: Mapped[Json]


class Lined:
    """A matter with a number and a history; each line has the next number, counted with the change itself."""

    number: Mapped[str] = mapped_column(primary_key=True)
    agency: Mapped[str | None]
    line_count: Mapped[int] = mapped_column(default=0)

    def line(self, deed: Deed, by: str, now: datetime, *, reason: str = "", **more: Any) -> Line:
        """Make the next line of the history. Source: NB Đ.18.5; TN Đ.18.3; R-QNA-10; R-FBK-07"""
        self.line_count += 1
        return Line(
            question=self.number,
            no=self.line_count,
            deed=deed,
            by=by,
            at=now,
            agency=self.agency or "",
            reason=reason,
            more=more,
        )
