"""How people rate the handling of a dossier, until when, and what of it is public."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from common.errors import ConflictError, NotFoundError
from regulation.calendar import WorkingCalendar
from regulation.lateness.periods import Cycle, Period, period_of
from regulation.text import short_instant
from regulation.zone import local_day

LEAST: Final = 5
"""Fewer ratings than this say who gave them, so that no figure is told. Source: [D] R-SAT-03"""


class Phase(StrEnum):
    """What of the handling is rated (giai đoạn)."""

    RECEIPT = "receipt"
    RESULT = "result"

    def said(self, lang: str) -> str:
        """Return the phase in Vietnamese or English."""
        return _PHASES[self][lang == "en"]


_PHASES: Final = {
    Phase.RECEIPT: ("Tiếp nhận hồ sơ", "Receipt of the dossier"),
    Phase.RESULT: ("Giải quyết, trả kết quả", "Handling and result"),
}


class Side(StrEnum):
    """As what somebody rates a dossier: each sees and changes the own marks alone (người đánh giá)."""

    OWNER = "owner"
    SUBMITTER = "submitter"
    COUNTER = "counter"
    """Somebody at the counter by a code of the desk: counts where neither of the two rated, and proves nobody."""


class DossierNotRatedError(NotFoundError):
    """There is no such dossier of the caller, or it is not so far yet."""

    code = "dossier-not-rated"
    vi = "Chưa đánh giá được hồ sơ này."
    en = "This dossier cannot be rated yet."


class QuarterNotToldError(NotFoundError):
    """Figures of a quarter stand still before they are told, or two of them would say how one person rated."""

    code = "quarter-not-told"
    vi = "Số liệu đánh giá của quý này chưa được công bố."
    en = "The figures of this quarter are not published yet."


class RatingLockedError(ConflictError):
    """The time for it is over."""

    code = "rating-locked"
    vi = "Đã hết thời gian đánh giá, sửa đánh giá (đến {vi_until})."
    en = "Ratings could be given and changed until {en_until}."

    @classmethod
    def after(cls, last: datetime) -> "RatingLockedError":
        """Say in each language when it was over."""
        return cls(vi_until=short_instant(last, "vi"), en_until=short_instant(last, "en"))


class TaskClosedError(ConflictError):
    """A follow-up is closed once."""

    code = "rating-task-closed"
    vi = "Việc này đã được ghi nhận xong."
    en = "This follow-up is closed already."


@dataclass(frozen=True)
class Marks:
    """The two marks of one rating, 1 to 5."""

    progress: int
    quality: int


@dataclass(frozen=True)
class Figure:
    """How an agency was rated; nothing where so few rated with an account that it would say who."""

    agency: str
    count: int | None = None
    progress: float | None = None
    quality: float | None = None
    at_counter: int | None = None


class Tally(NamedTuple):
    """How many rated an agency, what their marks add up to, and how many of them did at the counter."""

    agency: str
    given: int
    progress: float
    quality: float
    at_counter: int = 0

    @property
    def proven(self) -> int:
        """How many rated with an account: whoever makes ratings up at the counter is left with those."""
        return self.given - self.at_counter

    def with_(self, other: "Tally", sign: int = 1) -> "Tally":
        """Return both together, or what is left without the other."""
        return Tally(
            self.agency,
            self.given + sign * other.given,
            self.progress + sign * other.progress,
            self.quality + sign * other.quality,
            self.at_counter + sign * other.at_counter,
        )


def figure(told: Tally) -> Figure:
    """Return what may be told of so many ratings. Source: TN Đ.6.3; R-SAT-03"""
    if told.proven < LEAST:
        return Figure(told.agency)
    means = round(told.progress / told.given, 1), round(told.quality / told.given, 1)
    return Figure(told.agency, told.given, *means, told.at_counter)


@dataclass(frozen=True)
class RatingRules:
    """What a province says of ratings: how long they may be given and changed, and which mark is low.

    Source: profile keys `satisfaction.changeable_days`, `satisfaction.low_mark`; R-SAT-01; R-SAT-05
    """

    changeable: timedelta
    low_mark: int

    def low(self, marks: Marks) -> bool:
        """Tell whether somebody has to follow it up."""
        return min(marks.progress, marks.quality) <= self.low_mark

    def until(self, ended_at: datetime) -> datetime:
        """Return until when a phase that ended may be rated."""
        return ended_at + self.changeable

    def told_quarter(self, now: datetime, day: date | None = None) -> Period:
        """Return the quarter of a local day, or the latest that is told: over, and nothing in it can be changed.

        Spans that anybody may choose, or that still move, would tell one rating by the difference of two answers.

        Raises: QuarterNotToldError.
        Source: TN Đ.6.3; R-SAT-03
        """
        moving = period_of(local_day(now - self.changeable), Cycle.QUARTER)
        latest = period_of(moving.first - timedelta(days=1), Cycle.QUARTER)
        asked = period_of(day, Cycle.QUARTER) if day else latest
        if asked > latest:
            raise QuarterNotToldError
        return asked


def week_of(given: date) -> date:
    """Return the Monday of a day's week: of a task no more is told, for a small desk has one dossier a day."""
    return given - timedelta(days=given.weekday())


def task_from(given: date, calendar: WorkingCalendar) -> date:
    """Return the day from which the task of a low rating is shown: the first working day after its week.

    Whoever sat at the desk that day would know whose it is. Source: [D] R-SAT-05
    """
    day = week_of(given) + timedelta(days=7)
    while day <= calendar.valid_to and not calendar.periods_on(day):
        day += timedelta(days=1)
    return day
