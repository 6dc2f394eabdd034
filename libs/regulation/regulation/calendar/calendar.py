"""The working calendar of an agency: which days are worked, during which hours, and why the others are not."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import chain
from typing import cast
from zoneinfo import ZoneInfo

from regulation.calendar.errors import CalendarGapError, NaiveInstantError
from regulation.calendar.layout import Layout, Piece, StretchKind
from regulation.calendar.timeline import DAY, MINUTE, Timeline
from regulation.calendar.week import Periods, Season, Week
from regulation.zone import ZONE

_TICK = timedelta(microseconds=1)


class DayKind(StrEnum):
    """What a day is in the calendar."""

    WORKING = "working"
    MAKE_UP = "make_up"
    WEEKLY_REST = "weekly_rest"
    OFF = "off"


@dataclass(frozen=True)
class DayOff:
    """A day on which nobody works: a public holiday (ngày lễ), its substitute, or a swapped day."""

    on: date
    vi: str = ""
    en: str = ""
    source: str = ""
    doubtful: bool = False


@dataclass(frozen=True)
class MakeUpDay:
    """A weekly rest day that is worked instead of another day (ngày làm bù)."""

    on: date
    replaces: date | None = None
    source: str = ""
    doubtful: bool = False


@dataclass(frozen=True)
class WorkingCalendar:
    """Working days and hours between two dates, both included; asks beyond them are refused.

    Source: TN Đ.11.3.a; BLLĐ Đ.111, Đ.112; requirements §A.2.
    """

    label: str
    valid_from: date
    valid_to: date
    week: Week
    seasons: tuple[Season, ...] = ()
    off: tuple[DayOff, ...] = ()
    make_up: tuple[MakeUpDay, ...] = ()
    zone: str = ZONE

    def __post_init__(self) -> None:
        """Refuse contradictions. Raises: ValueError."""
        if self.valid_from > self.valid_to:
            raise ValueError(f"valid from {self.valid_from} lies after valid to {self.valid_to}")
        offsets = {self._offset_on(self.valid_from + timedelta(n)) for n in range(self.days)}
        if len(offsets) > 1:
            raise ValueError(
                f"the zone {self.zone} changes its clock between {self.valid_from} and {self.valid_to}"
            )
        both = self._off_days.keys() & self._make_up_days.keys()
        if both:
            raise ValueError(f"{min(both)} is both a day off and a make-up day")
        for day in self._make_up_days:
            if day.weekday() < 5 and self.week_on(day).days[day.weekday()]:
                raise ValueError(f"{day} is a working weekday, not a make-up day")

    @cached_property
    def days(self) -> int:
        """Number of days the calendar covers."""
        return (self.valid_to - self.valid_from).days + 1

    @cached_property
    def version(self) -> str:
        """Name of exactly this content: the label, and a digest of every day and hour."""
        content = repr((self.valid_from, self.valid_to, self.week, self.seasons, self.zone))
        content += repr((sorted(self._off_days), sorted((d.on, d.replaces or d.on) for d in self.make_up)))
        return f"{self.label}+{hashlib.sha256(content.encode()).hexdigest()[:8]}"

    @cached_property
    def _off_days(self) -> dict[date, DayOff]:
        return {day.on: day for day in self.off}

    @cached_property
    def _make_up_days(self) -> dict[date, MakeUpDay]:
        return {day.on: day for day in self.make_up}

    def _offset_on(self, day: date) -> timedelta:
        """Offset of the zone at noon of a day."""
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(self.zone))
        return cast(timedelta, noon.utcoffset())

    def _gap(self, asked: object) -> CalendarGapError:
        return CalendarGapError(
            version=self.label, first=self.valid_from.isoformat(), last=self.valid_to.isoformat(), asked=asked
        )

    def _day(self, day: date) -> date:
        """Return a day the calendar knows. Raises: CalendarGapError."""
        if not self.valid_from <= day <= self.valid_to:
            raise self._gap(day.isoformat())
        return day

    def week_on(self, day: date) -> Week:
        """Return the weekly hours in force on a day: those of its season, else the basic ones."""
        return next((season.week for season in self.seasons if season.covers(day)), self.week)

    def kind_of(self, day: date) -> DayKind:
        """Say what a day is. Raises: CalendarGapError."""
        if self._day(day) in self._off_days:
            return DayKind.OFF
        if day in self._make_up_days:
            return DayKind.MAKE_UP
        return DayKind.WORKING if self.week_on(day).days[day.weekday()] else DayKind.WEEKLY_REST

    def day_off(self, day: date) -> DayOff | None:
        """Return the holiday or swapped day of that date, if it is one."""
        return self._off_days.get(day)

    def make_up_day(self, day: date) -> MakeUpDay | None:
        """Return the make-up day of that date, if it is one."""
        return self._make_up_days.get(day)

    def periods_on(self, day: date) -> Periods:
        """Return the working periods of a day; a make-up day has those of the weekday it stands in for.

        Where the swapped day is not named, Monday's periods hold. Raises: CalendarGapError.
        Source: issue of the yearly swap days; R-PRC-05.
        """
        kind = self.kind_of(day)
        week = self.week_on(day)
        if kind is DayKind.OFF:
            return ()
        if kind is DayKind.MAKE_UP:
            replaced = self._make_up_days[day].replaces
            own = week.days[replaced.weekday()] if replaced else ()
            return own or week.make_up_periods
        return week.days[day.weekday()]

    @cached_property
    def timeline(self) -> Timeline:
        """Working time, laid out once per calendar."""
        every = (self.valid_from + timedelta(n) for n in range(self.days))
        spans = ([(p.opens, p.closes) for p in self.periods_on(day)] for day in every)
        return Timeline(spans, self._gap_at)

    @cached_property
    def whole_days(self) -> Timeline:
        """Working days counted around the clock, for limits in clock hours that run on working days."""
        every = (self.valid_from + timedelta(n) for n in range(self.days))
        return Timeline(([(0, 24 * 60)] if self.periods_on(day) else [] for day in every), self._gap_at)

    @cached_property
    def layout(self) -> Layout:
        """Every stretch of working, other and free time."""
        return Layout(chain.from_iterable(map(self._pieces_of, range(self.days))), self._origin)

    @cached_property
    def day_layout(self) -> Layout:
        """Every day as one working stretch or a part of a rest."""
        days = (self._rest_on(n) or Piece(n * DAY, (n + 1) * DAY, StretchKind.WORK) for n in range(self.days))
        return Layout(days, self._origin)

    def _rest_on(self, number: int) -> Piece | None:
        """Describe a day without working time, with the holiday's names; None for a working day."""
        day = self.day_of(number)
        if self.periods_on(day):
            return None
        off = self._off_days.get(day)
        if off is None:
            return Piece(number * DAY, (number + 1) * DAY, StretchKind.WEEKLY_REST)
        return Piece(number * DAY, (number + 1) * DAY, StretchKind.OFF, off.vi, off.en)

    def _pieces_of(self, number: int) -> list[Piece]:
        """Cut one day into working and other time."""
        if rest := self._rest_on(number):
            return [rest]
        zero = free = number * DAY
        pieces = []
        for period in self.periods_on(self.day_of(number)):
            opens, closes = zero + period.opens * MINUTE, zero + period.closes * MINUTE
            pieces.append(Piece(free, opens, StretchKind.OUTSIDE_HOURS))
            pieces.append(Piece(opens, closes, StretchKind.WORK))
            free = closes
        return [*pieces, Piece(free, zero + DAY, StretchKind.OUTSIDE_HOURS)]

    def _gap_at(self, tick: int) -> CalendarGapError:
        """Refuse a tick beyond the calendar, naming its local date."""
        number = max(-1, min(tick // DAY, self.days))
        return self._gap((self.valid_from + timedelta(number)).isoformat())

    @cached_property
    def _origin(self) -> datetime:
        """First moment of the calendar, in UTC."""
        first = datetime(self.valid_from.year, self.valid_from.month, self.valid_from.day, tzinfo=UTC)
        return first - self._offset_on(self.valid_from)

    def tick_of(self, instant: datetime, *, end: bool = False) -> int:
        """Turn an aware instant into local ticks; as an `end`, midnight after the last day is known too.

        Raises: NaiveInstantError, CalendarGapError.
        """
        if instant.tzinfo is None:
            raise NaiveInstantError(instant=instant.isoformat())
        tick = (instant - self._origin) // _TICK
        if not 0 <= tick < self.days * DAY + end:
            raise self._gap(self.local(instant).date().isoformat())
        return tick

    def instant_of(self, tick: int) -> datetime:
        """Turn local ticks into a UTC instant."""
        return self._origin + timedelta(microseconds=tick)

    def day_of(self, number: int) -> date:
        """Return the date of day number `number`, 0 being the first day of the calendar."""
        return self.valid_from + timedelta(number)

    def number_of(self, day: date) -> int:
        """Return the number of a day, 0 being the first. Raises: CalendarGapError."""
        return (self._day(day) - self.valid_from).days

    def local(self, instant: datetime) -> datetime:
        """Show an instant in the calendar's zone."""
        return instant.astimezone(ZoneInfo(self.zone))

    def overlaid(
        self,
        *,
        label: str,
        off: Iterable[DayOff] = (),
        make_up: Iterable[MakeUpDay] = (),
        work: Iterable[date] = (),
        week: Week | None = None,
        seasons: tuple[Season, ...] | None = None,
    ) -> "WorkingCalendar":
        """Return this calendar with a province's own hours, days off, make-up days and days worked all the same.

        Raises: ValueError.
        """
        worked, added, made_up = set(work), tuple(off), tuple(make_up)
        named = {day.on for day in added}
        kept = tuple(day for day in self.off if day.on not in worked | named)
        return replace(
            self,
            label=label,
            off=kept + added,
            make_up=tuple(d for d in self.make_up if d.on not in {m.on for m in made_up}) + made_up,
            week=week or self.week,
            seasons=self.seasons if seasons is None else seasons,
        )
