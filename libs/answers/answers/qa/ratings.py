"""Qa: its answers about ratings."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from datetime import date, datetime

from answers.answer import Answer


class FigureOut(Answer):
    """How an agency and those below it were rated, nothing where too few rated with an account."""

    agency: str
    agency_name: str
    at_counter: int | None
    count: int | None
    parent: str | None
    progress: float | None
    quality: float | None


class FiguresOut(Answer):
    """Ratings of a quarter in total and up the tree of agencies; of fewer than `least` nothing is told."""

    agencies: tuple[FigureOut, ...]
    first: date
    last: date
    least: int
    total: FigureOut


class TaskOut(Answer):
    """A low rating to follow up; whose it is stays unknown, so that only the first day of its week is …"""

    agency: str
    agency_name: str
    comment: str
    done: str
    id: str
    phase: str
    progress: int
    quality: int
    state: str
    version: int
    week: date


class TaskOutPage(Answer):
    """One page of a list."""

    items: tuple[TaskOut, ...]
    next: str | None = None
    total: int


class PhaseOut(Answer):
    """A phase of a dossier with its rating, and until when it may be given or changed."""

    at_counter: bool
    comment: str
    label: str
    open: bool
    phase: str
    progress: int | None
    quality: int | None
    until: datetime | None
    version: int


class RatedOut(Answer):
    """What somebody may rate of a dossier."""

    dossier: str
    phases: tuple[PhaseOut, ...]
