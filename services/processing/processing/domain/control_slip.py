"""The slip that controls how a dossier was handled: every hand-over, its time and people, and whether it was late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from regulation.calendar import WorkingCalendar
from regulation.clock import remaining_minutes
from regulation.zone import local, local_day

CONTROL_SLIP: Final = "control_slip"
"""The document type of the slip."""
_HOUR: Final = 60


class Verdict(StrEnum):
    """How a part of the work ended, in the words of the form (kết quả giải quyết hồ sơ). Source: TT 01/2018 Đ.9"""

    EARLY = "Trước hạn"
    ON_TIME = "Đúng hạn"
    LATE = "Quá hạn"
    UNDER_WAY = "Đang giải quyết"


@dataclass(frozen=True)
class HandOver:
    """One hand-over (giao, nhận hồ sơ): where it went, between whom, when, until when it was due and when it ended.

    Without `due_at` nothing was due: the dossier changed hands within its time.
    """

    place: str
    giver: str
    taker: str
    at: datetime
    due_at: datetime | None
    done_at: datetime | None
    note: str = ""

    def verdict(self, now: datetime) -> Verdict | None:
        """Tell how it ended; the day before its last one is early. Source: TT 01/2018 Đ.9; R-PRC-18"""
        if self.due_at is None:
            return None
        if (self.done_at or now) > self.due_at:
            return Verdict.LATE
        if self.done_at is None:
            return Verdict.UNDER_WAY
        return Verdict.EARLY if local_day(self.done_at) < local_day(self.due_at) else Verdict.ON_TIME


def slip_lines(made: Iterable[HandOver], calendar: WorkingCalendar, now: datetime) -> list[dict[str, Any]]:
    """Return the lines of the slip as they are printed, in the order of time.

    Source: TT 01/2018 Đ.9; TN Đ.11.6.c; QT Đ.4.3; R-PRC-18
    """
    ordered = sorted(made, key=lambda one: one.at)
    return [
        {
            "number": str(number),
            "place": one.place,
            "giver": one.giver,
            "taker": one.taker,
            "at": _form_instant(one.at),
            "due": _form_instant(one.due_at) if one.due_at else "",
            "done": _form_instant(one.done_at) if one.done_at else "",
            "verdict": one.verdict(now) or "",
            "late": _lateness(one, calendar, now),
            "note": one.note,
        }
        for number, one in enumerate(ordered, start=1)
    ]


def _lateness(one: HandOver, calendar: WorkingCalendar, now: datetime) -> str:
    if one.due_at is None or one.verdict(now) is not Verdict.LATE:
        return ""
    over = -remaining_minutes(calendar, one.done_at or now, one.due_at)
    return f"{over // _HOUR} giờ {over % _HOUR} phút làm việc"


def _form_instant(instant: datetime) -> str:
    return f"{local(instant):%H giờ %M, %d/%m/%Y}"
