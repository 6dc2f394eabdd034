"""Qa: its answers about feedback_desk."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import datetime

from answers.answer import Answer
from answers.qa.parts import AttachmentOut, ClockOut, DeedOut, FoundOut, RefusalOut
from answers.qa.shared import ReplyOut


class MaskedResultOut(Answer):
    """What may be published, with everything masked that was found; what is in doubt is named, too."""

    found: tuple[FoundOut, ...]
    result: str
    text: str
    title: str


class ProposalOut(Answer):
    """A result on its way to everybody, as officers see it."""

    at: datetime
    by_name: str
    doubtful: tuple[FoundOut, ...]
    reason: str = ""
    result: str
    state: str
    text: str
    title: str


class ReplyDraftOut(Answer):
    """The reply as far as it was typed, by whom."""

    at: datetime
    by_name: str
    text: str


class SenderOut(Answer):
    """Who sent it, as far as was told."""

    address: str = ""
    email: str = ""
    name: str = ""
    phone: str = ""


class FeedbackOut(Answer):
    """Feedback as officers see it."""

    actions: tuple[str, ...]
    agency: str | None
    agency_name: str
    came_at: datetime
    category: str
    category_label: str
    channel: str
    channel_label: str
    clock: ClockOut | None
    clocks: tuple[ClockOut, ...]
    closing: RefusalOut | None
    dossier: str | None
    draft: ReplyDraftOut | None
    files: tuple[AttachmentOut, ...]
    from_question: str | None
    history: tuple[DeedOut, ...]
    involved: tuple[str, ...]
    involved_names: tuple[str, ...]
    masking: MaskedResultOut | None
    number: str
    publication: ProposalOut | None
    reply: ReplyOut | None
    sender: SenderOut | None
    state: str
    state_label: str
    text: str
    title: str
    told_by: str
    version: int
