"""The facts about feedback; who sent it stays here, but for the account that follows it."""

from datetime import datetime
from typing import ClassVar

from common.events import Event


class FeedbackFact(Event):
    """Feedback by whatever channel: `owner` is the account that follows it, `reachable` whom a mail can lead to it."""

    number: str
    state: str
    channel: str
    category: str
    owner: str | None
    came_at: datetime
    reachable: bool = False
    from_system: str | None = None
    """The system that handed it in, where its number is `their_number`: states and replies go back there."""
    their_number: str | None = None


class FeedbackReceived(FeedbackFact):
    """Feedback came; the coordinators named sort it."""

    type: ClassVar[str] = "qa.feedback_received.v1"

    due_at: datetime
    tell: tuple[str, ...]
    from_question: str | None = None
    """The question it was asked as, whose asker is told of the move."""


class FeedbackReturned(FeedbackFact):
    """An agency gave feedback back, or is no more; the reply stays due as it was."""

    type: ClassVar[str] = "qa.feedback_returned.v1"

    returned_by: str
    due_at: datetime
    tell: tuple[str, ...]
    agency_ended: bool = False


class FeedbackRecalled(FeedbackFact):
    """The coordinator takes feedback from an agency, for another one."""

    type: ClassVar[str] = "qa.feedback_recalled.v1"

    tell: tuple[str, ...]


class FeedbackInvolved(FeedbackFact):
    """The responsible agency has the `involved` ones help; their people named are told."""

    type: ClassVar[str] = "qa.feedback_involved.v1"

    due_at: datetime
    involved: tuple[str, ...]
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
