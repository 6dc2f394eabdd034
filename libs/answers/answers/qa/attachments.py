"""Qa: its answers about attachments."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import datetime

from answers.answer import Answer


class MalwareReportOut(Answer):
    """An infected upload."""

    agency: str
    file_name: str
    found_at: datetime
    id: str
    number: str | None
    sha256: str
    signature: str


class MalwareReportOutPage(Answer):
    """One page of a list."""

    items: tuple[MalwareReportOut, ...]
    next: str | None = None
    total: int


class UploadOut(Answer):
    """A file that waits for its question; the ticket is told once, and sends it along."""

    name: str
    scan: str
    size: int
    ticket: str
