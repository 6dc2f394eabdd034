"""Stats: its answers about statistics."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from answers.answer import Answer


class DossierRowOut(Answer):
    """One dossier of an account: its code, when it came, and how it left."""

    closing: str | None
    code: str
    received_at: datetime


class IdentityOut(Answer):
    """Whether the accounts add up, and when that was last checked."""

    breach_count: int
    breaches: tuple[Mapping[str, Any], ...] = ()
    checked_at: datetime | None
    holds: bool


class RowOut(Answer):
    """The figures of one key in one period; finished = early + on time + late."""

    carried_over: int
    finished: int
    finished_early: int
    finished_late: int
    finished_on_time: int
    first: date
    in_progress: int
    key: str
    last: date
    level: str | None
    name: str
    name_en: str | None
    on_time_percent: float | None
    paused: int
    period: str
    received: int
    withdrawn: int


class FiguresOut(Answer):
    """Public figures with their age."""

    age_seconds: float
    as_of: datetime
    identity: IdentityOut
    newest_fact_at: datetime | None
    overdue_now: int
    rows: tuple[RowOut, ...]
    totals: tuple[RowOut, ...]
    waiting_count: int
