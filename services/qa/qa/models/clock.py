"""One due date of a question with its ledger: reminded of before, flagged after, never erased."""

import uuid
from datetime import datetime

from common.ids import uuid7
from regulation.clock import Ledger
from sqlalchemy import Index, text
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.orm import Mapped, mapped_column

from qa.domain import ClockKind, Outcome, QuestionRules
from qa.models.base import Base, Json


class Clock(Base):
    """A due date (thời hạn) of a question: who owes what, since when, how it came about, how it ended.

    Source: requirements §0.3.2; R-QNA-10; R-QNA-13; R-QNA-14
    """

    __tablename__ = "clock"
    __table_args__ = (
        Index("ix_clock_question", "question", "started_at"),
        Index("ix_clock_due", "due_at", postgresql_where=text("ended_at is null and overdue_at is null")),
        Index("ix_clock_soon", "soon_at", postgresql_where=text("ended_at is null and reminded_at is null")),
    )

    id: Mapped[uuid.UUID] = mapped_column(UUID, primary_key=True)
    question: Mapped[str]
    """The number of the question, or of the feedback."""
    kind: Mapped[str]
    owes: Mapped[str]
    """The agency that owes it; empty where the coordinator does."""
    ledger: Mapped[Json]
    started_at: Mapped[datetime]
    due_at: Mapped[datetime]
    soon_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    overdue_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None]

    @classmethod
    def begun(cls, number: str, kind: ClockKind, owes: str, ledger: Ledger, rules: QuestionRules) -> "Clock":
        """Begin a clock from its ledger."""
        return cls(
            id=uuid7(),
            question=number,
            kind=kind,
            owes=owes,
            ledger=ledger.facts(),
            started_at=ledger.started_at,
            due_at=ledger.due_at,
            soon_at=rules.reminder.soon_at(ledger.started_at, ledger.due_at, rules.calendar),
        )

    def end(self, outcome: Outcome, now: datetime) -> None:
        """Write how and when it ended; whether it was in time follows from its ledger alone."""
        self.outcome, self.ended_at = outcome, now

    def read(self, rules: QuestionRules) -> Ledger:
        """Return the ledger with the lines its calendar gives."""
        return Ledger.from_dict(self.ledger, rules.calendar)

    def late(self, now: datetime) -> bool:
        """Tell whether what was owed was not done in time, or is late now."""
        owed = self.kind != ClockKind.RETURN
        return owed and (self.ended_at or now) > self.due_at
