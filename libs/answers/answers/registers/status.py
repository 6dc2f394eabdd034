"""Registers: its answers about status."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from collections.abc import Mapping
from datetime import date, datetime

from answers.answer import Answer
from answers.registers.shared import NoticeOut


class BackupOut(Answer):
    """The last backup and the last drill."""

    drill_at: datetime | None
    drill_passed: bool | None
    last_at: datetime | None
    shipped_at: datetime | None


class CapabilityOut(Answer):
    """Something people do, and whether it works; `incidents` numbers what is open and touches it."""

    because: str | None = None
    incidents: tuple[str, ...] = ()
    key: str
    works: bool | None


class MonthOut(Answer):
    """The availability of a month in percent of its time; `seen_percent` is the share somebody looked at."""

    month: date
    percent: float | None
    seen_percent: float | None


class PartOut(Answer):
    """How one process stands; `problems` names what a person has to see to, `days_left` is of …"""

    days_left: Mapping[str, int]
    dead: int | None
    failed_jobs: tuple[str, ...]
    free_bytes: int | None
    late_jobs: tuple[str, ...]
    name: str
    problems: tuple[str, ...]
    ready: bool
    unpublished_seconds: float | None
    waiting: int | None


class InsideOut(Answer):
    """The same with what only those who run the suite may know."""

    as_of: datetime | None
    backup: BackupOut | None
    capabilities: tuple[CapabilityOut, ...]
    check_due_on: date | None = None
    checked_on: date | None = None
    months: tuple[MonthOut, ...]
    notices: tuple[NoticeOut, ...]
    open_entries: int
    parts: tuple[PartOut, ...]
    past: tuple[NoticeOut, ...]


class StatusOut(Answer):
    """What everybody may know of how the system stands."""

    as_of: datetime | None
    capabilities: tuple[CapabilityOut, ...]
    months: tuple[MonthOut, ...]
    notices: tuple[NoticeOut, ...]
    past: tuple[NoticeOut, ...]
