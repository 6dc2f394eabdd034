"""The facts of one deadline: everything that went in, and the moment that came out."""

from dataclasses import dataclass
from datetime import datetime

from regulation.clock.rules import DayZero, Pause, Rule
from regulation.durations import Duration

_IN_DAYS = frozenset({Rule.WORKING_DAYS, Rule.CALENDAR_DAYS, Rule.MONTHS})


@dataclass(frozen=True)
class Extension:
    """The one new date (gia hạn): an agency's own, with its apology, or one `by_law`, with an interim reply.

    Source: NĐ 61/2018 Đ.19.9; NB Đ.18.5.b; R-PRC-14; R-QNA-15.
    """

    announced_at: datetime
    until: datetime
    reason: str = ""
    paper: str = ""
    by_law: bool = False
    """Whether the rule itself gives the longer time; then being late counts against the new date."""


@dataclass(frozen=True)
class Restart:
    """A limit that began anew in full after a supplement (tính lại từ đầu).

    Source: NĐ 61/2018 Đ.19.4; R-PRC-10.
    """

    previous_received_at: datetime
    previous_due_at: datetime
    ground: str = ""
    paper: str = ""


@dataclass(frozen=True)
class Account:
    """What a deadline was computed from and what came out; instants in UTC.

    `original_due_at` is the date before any extension: lateness counts against it, but where the law gave more.
    """

    rule: Rule
    source: str
    calendar_version: str
    zone: str
    received_at: datetime
    handed_in_at: datetime | None
    started_at: datetime
    amount: Duration | None
    pauses: tuple[Pause, ...]
    day_zero: DayZero
    original_due_at: datetime
    extension: Extension | None = None
    restarts: tuple[Restart, ...] = ()

    @property
    def in_days(self) -> bool:
        """Say whether the limit is counted in whole days."""
        return self.rule in _IN_DAYS and self.amount is not None and self.amount.amount >= 1

    @property
    def in_minutes(self) -> bool:
        """Say whether the limit is consumed minute by minute; less than one working day is."""
        return self.amount is not None and not self.in_days

    @property
    def due_at(self) -> datetime:
        """Moment, in UTC, by which the duty must be done: the new date after an extension."""
        return self.extension.until if self.extension else self.original_due_at
