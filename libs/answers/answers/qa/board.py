"""Qa: its answers about board."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from collections.abc import Mapping
from datetime import datetime

from answers.answer import Answer


class AgencyCountOut(Answer):
    """How many questions an agency holds; without a code they wait for the coordinator."""

    agency: str
    agency_name: str
    due_soon: int
    open: int
    overdue: int
    returned: int


class BoardRowOut(Answer):
    """A question in a queue; `urgency` is of what is owed now."""

    actions: tuple[str, ...]
    agency: str | None
    agency_name: str
    asked_agency_name: str
    asked_at: datetime
    clock_label: str
    due_at: datetime | None
    left_minutes: int | None
    number: str
    returned_count: int
    state: str
    state_label: str
    title: str
    topic_label: str
    urgency: str | None
    version: int


class BoardPageOut(Answer):
    """A page of a queue; `capped` says that `total` stopped counting."""

    capped: bool
    items: tuple[BoardRowOut, ...]
    next: str | None = None
    total: int


class CountsOut(Answer):
    """How many questions stand in each queue and with each agency."""

    agencies: tuple[AgencyCountOut, ...]
    queues: Mapping[str, int]
