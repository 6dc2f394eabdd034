"""Whether a dossier is early, on time or overdue: fixed once, for every screen and every report."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from regulation.zone import local_day


class Outcome(StrEnum):
    """How a finished dossier counts: trước hạn, đúng hạn, quá hạn."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


class Standing(StrEnum):
    """How a dossier stands at a moment: finished, or open and in time, waiting, paused or overdue."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    IN_TIME = "in_time"
    WAITING = "waiting"
    PAUSED = "paused"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Progress:
    """What lateness needs to know of a dossier; all instants carry a zone.

    `due_at` is the original due date: an extension is kept beside it in `extended_to` and changes no count.
    `waiting_since` is the supplement request that is still open, `paused_since` a pause on another legal ground.
    `finished_at` is the moment the result was ready.
    """

    due_at: dt.datetime
    extended_to: dt.datetime | None = None
    waiting_since: dt.datetime | None = None
    paused_since: dt.datetime | None = None
    finished_at: dt.datetime | None = None


def outcome(due_at: dt.datetime, finished_at: dt.datetime) -> Outcome:
    """Judge a finished dossier against its original due date.

    On time: result ready at the due instant or before it. Early: on a local day before the due day.
    Source: R-STA-19; NB Đ.9.2.a; QT Đ.25.10; TN Đ.11.4.g
    """
    if finished_at > due_at:
        return Outcome.LATE
    if local_day(finished_at) < local_day(due_at):
        return Outcome.EARLY
    return Outcome.ON_TIME


def standing(progress: Progress, now: dt.datetime) -> Standing:
    """Say how a dossier stands at `now`.

    A dossier waiting for a supplement or paused is not late, unless it was already late when the wait began.
    Source: R-STA-19
    """
    if progress.finished_at is not None:
        return Standing(outcome(progress.due_at, progress.finished_at))
    if progress.waiting_since is not None:
        return Standing.OVERDUE if progress.waiting_since > progress.due_at else Standing.WAITING
    if progress.paused_since is not None:
        return Standing.OVERDUE if progress.paused_since > progress.due_at else Standing.PAUSED
    return Standing.OVERDUE if now > progress.due_at else Standing.IN_TIME


def flags(progress: Progress, now: dt.datetime) -> frozenset[str]:
    """Give the flags of a dossier that stand beside its state: `overdue`, `extended`, `early`.

    Source: requirements §D.1; R-STA-19
    """
    seen = standing(progress, now)
    raised = {
        "overdue": seen in {Standing.OVERDUE, Standing.LATE},
        "extended": progress.extended_to is not None,
        "early": seen is Standing.EARLY,
    }
    return frozenset(name for name, up in raised.items() if up)
