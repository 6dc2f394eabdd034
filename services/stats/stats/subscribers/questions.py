"""What is told of questions and feedback: one slice per event type, each saying whose turn it was."""

from datetime import datetime
from typing import ClassVar

from common.inbox import Meta, Slice, Told
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from stats.domain.questions import QuestionTold, Subject, Turn
from stats.usecases.record_questions import record_questions


class AskedFact(Slice):
    """What every fact about a question or feedback says; `received_at` is when its clocks began."""

    subject: ClassVar[Subject]
    turns: ClassVar[Turn]

    number: str
    occurred_at: datetime
    topic: str
    received_at: datetime
    agency: str | None

    @property
    def turn(self) -> Turn:
        """Return what the fact does."""
        return self.turns

    @property
    def sets_due_at(self) -> datetime | None:
        """Return the due time the fact tells, nothing for some."""
        return None


class QuestionFact(AskedFact):
    """A fact about a question."""

    subject: ClassVar[Subject] = Subject.QUESTION

    received_at: datetime = Field(alias="asked_at")


class FeedbackFact(AskedFact):
    """A fact about feedback, which has a category for a topic."""

    subject: ClassVar[Subject] = Subject.FEEDBACK

    topic: str = Field(alias="category")
    received_at: datetime = Field(alias="came_at")


class TimedQuestion(QuestionFact):
    """A fact that tells when the question is due where it is."""

    due_at: datetime

    @property
    def sets_due_at(self) -> datetime | None:
        """Return the due time."""
        return self.due_at


class TimedFeedback(FeedbackFact):
    """A fact that tells when the reply is due."""

    due_at: datetime

    @property
    def sets_due_at(self) -> datetime | None:
        """Return the due time."""
        return self.due_at


class QuestionAsked(TimedQuestion):
    """The coordinator has it to sort."""

    type: ClassVar[str] = "qa.question_asked.v1"
    turns: ClassVar[Turn] = Turn.RECEIVED


class QuestionForwarded(TimedQuestion):
    """An agency has it to answer."""

    type: ClassVar[str] = "qa.question_forwarded.v1"
    turns: ClassVar[Turn] = Turn.FORWARDED


class QuestionClassified(TimedQuestion):
    """The agency answers within another time."""

    type: ClassVar[str] = "qa.question_classified.v1"
    turns: ClassVar[Turn] = Turn.TIMED


class InterimReplied(TimedQuestion):
    """The agency answers within a longer time, for a special case."""

    type: ClassVar[str] = "qa.interim_replied.v1"
    turns: ClassVar[Turn] = Turn.TIMED


class QuestionReturned(TimedQuestion):
    """The coordinator has it again."""

    type: ClassVar[str] = "qa.question_returned.v1"

    agency_ended: bool = False

    @property
    def turn(self) -> Turn:
        """Return whether the agency gave it back, or it was taken from one that is no more."""
        return Turn.RECALLED if self.agency_ended else Turn.RETURNED


class QuestionAnswered(TimedQuestion):
    """The asker has the answer."""

    type: ClassVar[str] = "qa.question_answered.v1"
    turns: ClassVar[Turn] = Turn.ANSWERED


class QuestionRefused(QuestionFact):
    """The coordinator refused it."""

    type: ClassVar[str] = "qa.question_refused.v1"
    turns: ClassVar[Turn] = Turn.REFUSED


class QuestionMoved(QuestionFact):
    """It goes on as feedback."""

    type: ClassVar[str] = "qa.question_moved.v1"
    turns: ClassVar[Turn] = Turn.MOVED


class FeedbackReceived(TimedFeedback):
    """The coordinator has it to sort."""

    type: ClassVar[str] = "qa.feedback_received.v1"
    turns: ClassVar[Turn] = Turn.RECEIVED


class FeedbackForwarded(TimedFeedback):
    """An agency is responsible for the reply."""

    type: ClassVar[str] = "qa.feedback_forwarded.v1"
    turns: ClassVar[Turn] = Turn.FORWARDED


class FeedbackReturned(TimedFeedback):
    """The coordinator has it again."""

    type: ClassVar[str] = "qa.feedback_returned.v1"

    agency_ended: bool = False

    @property
    def turn(self) -> Turn:
        """Return whether the agency gave it back, or it was taken from one that is no more."""
        return Turn.RECALLED if self.agency_ended else Turn.RETURNED


class FeedbackReplied(TimedFeedback):
    """The sender has the reply."""

    type: ClassVar[str] = "qa.feedback_replied.v1"
    turns: ClassVar[Turn] = Turn.ANSWERED


class FeedbackClosed(FeedbackFact):
    """It is not settled here."""

    type: ClassVar[str] = "qa.feedback_closed.v1"
    turns: ClassVar[Turn] = Turn.REFUSED


ASKED: tuple[type[AskedFact], ...] = (
    QuestionAsked,
    QuestionForwarded,
    QuestionClassified,
    InterimReplied,
    QuestionReturned,
    QuestionAnswered,
    QuestionRefused,
    QuestionMoved,
    FeedbackReceived,
    FeedbackForwarded,
    FeedbackReturned,
    FeedbackReplied,
    FeedbackClosed,
)


async def on_questions(session: AsyncSession, told: Told) -> None:
    """Count the questions and the feedback."""
    await record_questions(session, [(event.number, _told(event, meta)) for event, meta in told])


def _told(event: AskedFact, meta: Meta) -> QuestionTold:
    return QuestionTold(
        meta.aggregate_version,
        event.turn,
        event.occurred_at,
        event.subject,
        event.topic,
        event.received_at,
        event.agency,
        event.sets_due_at,
    )
