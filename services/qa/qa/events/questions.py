"""The facts about questions; who asked stays here, but for the account that follows one."""

from datetime import datetime
from typing import ClassVar

from common.events import Event


class QuestionFact(Event):
    """A question; `owner` is the account that follows it, `reachable` an asker without one whom our mail can lead."""

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
    """A question went to an agency, whose people named answer it; without a person in charge its head is told.

    `without_substitute` says that whoever is in charge has none.
    """

    type: ClassVar[str] = "qa.question_forwarded.v1"

    kind: str
    due_at: datetime
    tell: tuple[str, ...]
    without_owner: bool
    without_substitute: bool = False


class QuestionReturned(QuestionFact):
    """An agency gave a question back, because it belongs to another, or is no more (`agency_ended`)."""

    type: ClassVar[str] = "qa.question_returned.v1"

    returned_by: str
    due_at: datetime
    tell: tuple[str, ...]
    agency_ended: bool = False


class QuestionClassified(QuestionFact):
    """An agency answers within the time of another kind."""

    type: ClassVar[str] = "qa.question_classified.v1"

    kind: str
    due_at: datetime


class QuestionReturnAsked(QuestionFact):
    """An agency asks to give a question back after the time for it."""

    type: ClassVar[str] = "qa.question_return_asked.v1"

    tell: tuple[str, ...]


class ReturnDeclined(QuestionFact):
    """The coordinator leaves a question with the agency that wanted to return it late."""

    type: ClassVar[str] = "qa.return_declined.v1"

    due_at: datetime
    tell: tuple[str, ...]


class QuestionRecalled(QuestionFact):
    """The coordinator takes a question from the agency it was forwarded to by mistake."""

    type: ClassVar[str] = "qa.question_recalled.v1"

    tell: tuple[str, ...]


class DraftSubmitted(QuestionFact):
    """A draft waits for the leaders named."""

    type: ClassVar[str] = "qa.draft_submitted.v1"

    due_at: datetime
    tell: tuple[str, ...]


class DraftSentBack(QuestionFact):
    """A leader wants a draft changed by who submitted it."""

    type: ClassVar[str] = "qa.draft_sent_back.v1"

    due_at: datetime
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
