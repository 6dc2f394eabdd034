"""Qa: its answers about feedback."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import datetime

from answers.answer import Answer
from answers.qa.parts import AttachmentOut, ClockOut, DeedOut, RefusalOut
from answers.qa.shared import ChoiceOut, FileTermsOut, GroundOut, ReplyOut


class FeedbackRowOut(Answer):
    """Feedback in a list."""

    agency: str | None
    agency_name: str
    came_at: datetime
    category_label: str
    channel_label: str
    due_at: datetime | None
    number: str
    overdue: bool
    state: str
    state_label: str
    title: str
    version: int


class FeedbackPageOut(Answer):
    """A page of feedback."""

    items: tuple[FeedbackRowOut, ...]
    next: str | None = None
    total: int


class FeedbackTermsOut(Answer):
    """How a province takes feedback."""

    categories: tuple[ChoiceOut, ...]
    channels: tuple[ChoiceOut, ...]
    closing_grounds: tuple[GroundOut, ...]
    enabled: str
    entry_channels: tuple[ChoiceOut, ...]
    files: FileTermsOut
    from_portal: bool
    needs_account: bool
    response: str


class ReceiptOut(Answer):
    """The number of what was received, the key it is followed by, and when the reply is due."""

    came_at: datetime
    due_at: datetime | None
    key: str
    number: str


class ResultOut(Answer):
    """What everybody may read, or is to."""

    at: datetime
    result: str
    state: str
    text: str
    title: str


class ResultPageOut(Answer):
    """A page of published results, newest first."""

    items: tuple[ResultOut, ...]
    next: str | None = None
    total: int


class SentOut(Answer):
    """Feedback as its sender sees it; `told_by`: whether the sender hears by `account`, by `email` or by …"""

    agency_name: str
    came_at: datetime
    category_label: str
    channel_label: str
    clock: ClockOut | None
    closing: RefusalOut | None
    dossier: str | None
    files: tuple[AttachmentOut, ...]
    history: tuple[DeedOut, ...]
    number: str
    reply: ReplyOut | None
    state: str
    state_label: str
    text: str
    title: str
    told_by: str
