"""Notify: its answers about dossiers."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import datetime

from answers.answer import Answer


class CallOut(Answer):
    """A telephone call as it was written down."""

    called_at: datetime
    called_by: str
    direction: str
    id: str
    note: str
    result: str


class WayOut(Answer):
    """How a notice went over one channel: how often it was tried, how it ended and why, in whose place …"""

    attempts: int
    channel: str
    finished_at: datetime | None
    instead_of: str | None
    next_attempt_at: datetime | None
    reason: str | None
    state: str


class NoticeOut(Answer):
    """A notice to somebody of the dossier; `unreached` says that nothing outside the inbox carried it."""

    created_at: datetime
    id: str
    kind: str
    read_at: datetime | None
    subject: str
    unreached: bool
    ways: tuple[WayOut, ...]


class ReachedOut(Answer):
    """What was told about a dossier and how, the newest first; `may_call` says that the caller may write …"""

    calls: tuple[CallOut, ...]
    code: str
    may_call: bool
    notices: tuple[NoticeOut, ...]
