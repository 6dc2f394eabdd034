"""One due date of a question with its ledger: reminded of before, flagged after, never erased."""

import uuid
from datetime import datetime

from common.ids import uuid7
from regulation.clock import Ledger
from sqlalchemy import Index, func, text
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.orm import Mapped, mapped_column

from qa.domain import ClockKind, Outcome, QuestionRules
from qa.domain.clocks import is_late
from qa.models.base import Base, Json


class Clock(Base):
    """A due date (thời hạn) of a question: who owes what, since when, how it came about, how it ended.

    Whoever owes it has a row of its own: what was late with one agency stays with it when another takes over.

    Source: requirements §0.3.2; R-QNA-10; R-QNA-13; R-QNA-14; R-FBK-08
    """

    __tablename__ = "clock"
    __table_args__ = (
        Index("ix_clock_question", "question", "started_at"),
        Index("ix_clock_running", "question", postgresql_where=text("ended_at is null")),
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
    held_from: Mapped[datetime] = mapped_column(server_default=func.now())
    """Since when whoever owes it does; the time itself may run from earlier."""
    due_at: Mapped[datetime]
    soon_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    overdue_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None]

    @classmethod
    def begun(cls, number: str, kind: ClockKind, owes: str, ledger: Ledger, rules: QuestionRules) -> "Clock":
        """Begin a clock from its ledger."""
        return cls(**clock_values(number, kind, owes, ledger, rules))

    def end(self, outcome: Outcome, now: datetime) -> None:
        """Write how and when it ended; whether it was in time follows from its ledger alone."""
        self.outcome, self.ended_at = outcome, now

    def passed_on(self, owes: str, outcome: Outcome, now: datetime) -> "Clock":
        """End it here and return it for whoever owes it next: the same time, reminders of their own."""
        self.end(outcome, now)
        same = {name: getattr(self, name) for name in ("question", "kind", "ledger", "started_at")}
        when = {"held_from": now, "due_at": self.due_at, "soon_at": self.soon_at}
        return Clock(id=uuid7(), owes=owes, **same, **when)

    def read(self, rules: QuestionRules) -> Ledger:
        """Return the ledger with its lines; of one kept without them, those of its own calendar only."""
        same = self.ledger["calendar_version"] == rules.calendar.version
        return Ledger.from_dict(self.ledger, rules.calendar if same else None)

    def late(self, now: datetime) -> bool:
        """Tell whether what was owed was not done in time, or is late now."""
        return is_late(self.kind, self.outcome, self.due_at, self.ended_at or now)


def clock_values(number: str, kind: ClockKind, owes: str, ledger: Ledger, rules: QuestionRules) -> Json:
    """Return what a clock begins with; the lines of its ledger are kept too, for the calendar may change."""
    return {
        "id": uuid7(),
        "question": number,
        "kind": kind,
        "owes": owes,
        "ledger": ledger.to_dict(),
        "started_at": ledger.started_at,
        "held_from": ledger.started_at,
        "due_at": ledger.due_at,
        "soon_at": rules.reminder.soon_at(ledger.started_at, ledger.due_at, rules.calendar),
    }
