"""Notify: its answers about overdue_agencies."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import datetime

from answers.answer import Answer


class OverdueAgencyOut(Answer):
    """An agency with overdue dossiers: how many, since when the oldest is due, and when it was last …"""

    agency: str
    count: int
    name: str
    reminded_at: datetime | None
    since: datetime


class OverdueAgenciesOut(Answer):
    """The agencies with overdue dossiers, the one with most first."""

    items: tuple[OverdueAgencyOut, ...]


class ReminderOut(Answer):
    """A reminder that was sent: of how many dossiers, and to how many heads."""

    agency: str
    id: str
    overdue_count: int
    reminded_at: datetime
    told_count: int
