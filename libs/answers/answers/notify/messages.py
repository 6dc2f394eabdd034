"""Notify: its answers about messages."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import datetime

from answers.answer import Answer


class AttachmentOut(Answer):
    """A document that came with a notice."""

    media_type: str
    name: str
    size: int
    url: str


class DeliveryOut(Answer):
    """How a notice went over one channel."""

    channel: str
    finished_at: datetime | None
    reason: str | None
    state: str


class MessageOut(Answer):
    """A notice in the language of the request."""

    attachments: tuple[AttachmentOut, ...]
    body: str
    created_at: datetime
    deliveries: tuple[DeliveryOut, ...]
    dossier_code: str | None
    due_at: datetime | None
    id: str
    kind: str
    link: str
    read_at: datetime | None
    subject: str


class MessageOutPage(Answer):
    """One page of a list."""

    items: tuple[MessageOut, ...]
    next: str | None = None
    total: int


class UnreadOut(Answer):
    """How many notices wait."""

    unread: int
