"""Registers: its answers about reports."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from answers.answer import Answer


class ReportOut(Answer):
    """What somebody reported, how it stands, and the answer once there is one."""

    answer: str
    closed_at: datetime | None
    number: str
    opened_at: datetime
    part: str
    state: str
    state_label: str
    what: str


class ReportsOut(Answer):
    """One's own reports, newest first, and the questions of a new one as an e-form."""

    items: tuple[ReportOut, ...]
    opening: Mapping[str, Any]
