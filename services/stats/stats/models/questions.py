"""Questions and feedback in the figures: how each stands, and every time in somebody's hands."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from stats.domain.questions import QuestionStory, QuestionTold, Subject, Turn
from stats.models.base import Base


class Question(Base):
    """One question (câu hỏi), or piece of feedback; every column but the number follows from its facts."""

    __tablename__ = "question"

    number: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str]
    topic: Mapped[str]
    received_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    ending: Mapped[str | None]
    late: Mapped[bool]

    @staticmethod
    def told(story: QuestionStory) -> dict[str, Any]:
        """Return every column but the number as the story says it."""
        return {
            "subject": story.subject.value,
            "topic": story.topic,
            "received_at": story.received_at,
            "closed_at": story.closed_at,
            "ending": story.ending.value if story.ending else None,
            "late": story.late,
        }


class Holding(Base):
    """One time in somebody's hands, the coordinator's without a holder; open while `until_at` is missing."""

    __tablename__ = "holding"

    number: Mapped[str] = mapped_column(ForeignKey("question.number", ondelete="CASCADE"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str]
    topic: Mapped[str]
    holder: Mapped[str]
    since_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    until_at: Mapped[datetime | None]
    ending: Mapped[str | None]

    @staticmethod
    def told(number: str, story: QuestionStory) -> list[dict[str, Any]]:
        """Return the rows of all times in somebody's hands that a story tells of."""
        same = {"number": number, "subject": story.subject.value, "topic": story.topic}
        return [
            {
                **same,
                "no": no,
                "holder": held.holder,
                "since_at": held.since,
                "due_at": held.due_at,
                "until_at": held.until,
                "ending": held.ending.value if held.ending else None,
            }
            for no, held in enumerate(story.holdings, start=1)
        ]


class KeptQuestionFact(Base):
    """A fact about a question as it was told, kept for ever: the figures are counted again from these rows."""

    __tablename__ = "question_fact"

    number: Mapped[str] = mapped_column(primary_key=True)
    turn: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True)
    version: Mapped[int]
    subject: Mapped[str]
    topic: Mapped[str]
    received_at: Mapped[datetime]
    agency: Mapped[str | None]
    due_at: Mapped[datetime | None]

    @staticmethod
    def told(number: str, fact: QuestionTold) -> dict[str, Any]:
        """Return every column as a fact says it."""
        return {"number": number, **fact._asdict()}

    def as_fact(self) -> QuestionTold:
        """Return the fact as the story reads it."""
        return QuestionTold(
            self.version,
            Turn(self.turn),
            self.at,
            Subject(self.subject),
            self.topic,
            self.received_at,
            self.agency,
            self.due_at,
        )


def stories_of(rows: Sequence[KeptQuestionFact]) -> dict[str, list[QuestionTold]]:
    """Sort kept facts by their question."""
    found: dict[str, list[QuestionTold]] = {}
    for row in rows:
        found.setdefault(row.number, []).append(row.as_fact())
    return found
