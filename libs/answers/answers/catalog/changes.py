"""Catalog: its answers about changes."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import date, datetime

from answers.answer import Answer


class ChangeRequestOut(Answer):
    """A change request with its running due date, and what the caller may do about it."""

    actions: tuple[str, ...]
    agency: str
    agency_name: str
    answer: str
    content: str
    created_at: datetime
    document_number: str
    document_on: date
    due_at: datetime | None
    ended_at: datetime | None
    id: str
    kind: str
    kind_label: str
    overdue: bool
    procedures: tuple[str, ...]
    sent_at: datetime | None
    state: str
    state_label: str
    version: int
    waits_for: str | None
    was_late: bool
    why_then: str


class ChangeRequestList(Answer):
    """A page of the requests within the caller's reach, and whether the caller may file one."""

    items: tuple[ChangeRequestOut, ...]
    may_file: bool
    total: int
