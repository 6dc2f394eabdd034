"""The facts this service announces about questions; who asked stays here, but for the account that follows it."""

from datetime import date, datetime
from typing import ClassVar

from common.events import Event


class QuestionFact(Event):
    """A question; `owner` is the account that follows it, `reachable` an asker without one who left an e-mail."""

    number: str
    state: str
    topic: str
    owner: str | None
    reachable: bool
    asked_at: datetime


class QuestionAsked(QuestionFact):
    """Somebody asked; the coordinators named sort it by `due_at`."""

    type: ClassVar[str] = "qa.question_asked.v1"

    asked_agency: str | None
    due_at: datetime
    tell: tuple[str, ...]


class QuestionForwarded(QuestionFact):
    """A question went to an agency, whose people named answer it; without a person in charge its head is told."""

    type: ClassVar[str] = "qa.question_forwarded.v1"

    kind: str
    due_at: datetime
    tell: tuple[str, ...]
    without_owner: bool


class QuestionReturned(QuestionFact):
    """An agency gave a question back, because it belongs to another."""

    type: ClassVar[str] = "qa.question_returned.v1"

    returned_by: str
    due_at: datetime
    tell: tuple[str, ...]


class QuestionReturnAsked(QuestionFact):
    """An agency asks to give a question back after the time for it."""

    type: ClassVar[str] = "qa.question_return_asked.v1"

    tell: tuple[str, ...]


class QuestionRefused(QuestionFact):
    """A question was refused with a reason and the right channel."""

    type: ClassVar[str] = "qa.question_refused.v1"

    ground: str


class InterimReplied(QuestionFact):
    """The asker got an interim reply, and the answer takes longer."""

    type: ClassVar[str] = "qa.interim_replied.v1"

    due_at: datetime


class QuestionAnswered(QuestionFact):
    """A leader released the answer."""

    type: ClassVar[str] = "qa.question_answered.v1"

    due_at: datetime
    in_time: bool


class QuestionDue(QuestionFact):
    """Something about a question nears its due time or passed it; `clock` says what."""

    clock: str
    due_at: datetime
    tell: tuple[str, ...]


class QuestionDueSoon(QuestionDue):
    """A due time nears."""

    type: ClassVar[str] = "qa.question_due_soon.v1"


class QuestionOverdue(QuestionDue):
    """A due time passed."""

    type: ClassVar[str] = "qa.question_overdue.v1"


class QuestionUrged(QuestionDue):
    """The coordinator urges the agency."""

    type: ClassVar[str] = "qa.question_urged.v1"


class AnswerPublished(QuestionFact):
    """Everybody may read the answer."""

    type: ClassVar[str] = "qa.answer_published.v1"


class AnswerWithdrawn(QuestionFact):
    """The answer was taken off the public page."""

    type: ClassVar[str] = "qa.answer_withdrawn.v1"


class QuestionMoved(QuestionFact):
    """A question turned out to be feedback and goes on as such."""

    type: ClassVar[str] = "qa.question_moved.v1"

    feedback: str


class FeedbackFact(Event):
    """Feedback by whatever channel; `owner` is the account that follows it, `reachable` a sender who left an e-mail."""

    number: str
    state: str
    channel: str
    category: str
    owner: str | None
    came_at: datetime
    reachable: bool = False


class FeedbackReceived(FeedbackFact):
    """Feedback came; the coordinators named sort it."""

    type: ClassVar[str] = "qa.feedback_received.v1"

    due_at: datetime
    tell: tuple[str, ...]


class FeedbackForwarded(FeedbackFact):
    """An agency is responsible for the reply; `involved` agencies help."""

    type: ClassVar[str] = "qa.feedback_forwarded.v1"

    due_at: datetime
    involved: tuple[str, ...]
    tell: tuple[str, ...]
    without_owner: bool


class FeedbackReplied(FeedbackFact):
    """The sender has the reply."""

    type: ClassVar[str] = "qa.feedback_replied.v1"

    due_at: datetime
    in_time: bool


class FeedbackClosed(FeedbackFact):
    """It is not settled here, and its sender was told where it belongs."""

    type: ClassVar[str] = "qa.feedback_closed.v1"

    ground: str


class FeedbackDue(FeedbackFact):
    """Something about feedback nears its due time, passed it or is urged."""

    clock: str
    due_at: datetime
    tell: tuple[str, ...]


class FeedbackDueSoon(FeedbackDue):
    """A due time nears."""

    type: ClassVar[str] = "qa.feedback_due_soon.v1"


class FeedbackOverdue(FeedbackDue):
    """A due time passed."""

    type: ClassVar[str] = "qa.feedback_overdue.v1"


class FeedbackUrged(FeedbackDue):
    """The coordinator urges."""

    type: ClassVar[str] = "qa.feedback_urged.v1"


class SurveyIsDue(Event):
    """A province that asks regularly owes a survey this quarter; `overdue` once the quarter is over."""

    type: ClassVar[str] = "qa.survey_is_due.v1"

    first: date
    due_on: date
    overdue: bool
    tell: tuple[str, ...]


ALL: tuple[type[Event], ...] = (
    QuestionAsked,
    QuestionForwarded,
    QuestionReturned,
    QuestionReturnAsked,
    QuestionRefused,
    InterimReplied,
    QuestionAnswered,
    QuestionDueSoon,
    QuestionOverdue,
    QuestionUrged,
    AnswerPublished,
    AnswerWithdrawn,
    QuestionMoved,
    FeedbackReceived,
    FeedbackForwarded,
    FeedbackReplied,
    FeedbackClosed,
    FeedbackDueSoon,
    FeedbackOverdue,
    FeedbackUrged,
    SurveyIsDue,
)
