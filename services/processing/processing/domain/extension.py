"""What it takes to promise the one new date (gia hạn, hẹn lại ngày trả kết quả), with an apology and in time."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from common.errors import FieldProblem, InvalidInputError
from regulation.calendar import WorkingCalendar
from regulation.calendar.errors import CalendarGapError
from regulation.clock import Rule, apology_due_at, due, last_close_by, working_minutes_between
from regulation.durations import Duration, Unit
from regulation.text import LANGUAGES, short_date, short_instant
from regulation.zone import local_day

from processing.domain.errors import ExtensionTooLateError, ExtensionUsedError

APOLOGY, SLIP = "apology", "extension_slip"
"""The document types: the letter to the applicant, and the slip that proposes the new date."""


@dataclass(frozen=True)
class Clock:
    """The time of a dossier as far as an extension asks: its due time, and how often it was extended."""

    dossier: str
    due_at: datetime
    extended: int
    most: int
    accepted_at: datetime
    percent: int = 100
    """How much of its own time again a dossier may be given."""

    def furthest(self, calendar: WorkingCalendar) -> date | None:
        """Return the last local day a new date may name: so much of the dossier's own working time after the old one.

        None where the calendar does not reach so far, and so bounds it.

        Source: NĐ 61/2018 Đ.19.9; `processing.max_extension_percent`; R-PRC-14
        """
        try:
            own = working_minutes_between(calendar, self.accepted_at, self.due_at)
            more = Duration(Fraction(max(own, 1) * self.percent, 6000), Unit.WORKING_HOUR)
            return local_day(due(Rule.HOURS, self.due_at, more, calendar).due_at)
        except CalendarGapError:
            return None

    def latest(self, calendar: WorkingCalendar) -> datetime:
        """Return the last moment to tell the applicant of a new date. Source: NĐ 61/2018 Đ.19.9; R-PRC-14"""
        return apology_due_at(calendar, self.due_at)

    def open_at(self, now: datetime, calendar: WorkingCalendar) -> bool:
        """Tell whether a new date can still be promised."""
        return self.extended < self.most and now <= self.latest(calendar)

    def expect_open(self, now: datetime, calendar: WorkingCalendar) -> None:
        """Refuse a further extension, and one that the applicant would learn of too late.

        Raises:
            ExtensionUsedError: the new date was given already.
            ExtensionTooLateError: less than a day is left, or the due time has passed.

        Source: NĐ 61/2018 Đ.19.9; TN Đ.11.4.g; R-PRC-14
        """
        if self.extended >= self.most:
            raise ExtensionUsedError(dossier=self.dossier)
        latest = self.latest(calendar)
        if now > latest:
            said = {f"latest_{lang}": short_instant(latest, lang) for lang in ("vi", "en")}
            raise ExtensionTooLateError(dossier=self.dossier, **said)


def check_new_date(reason: str, until_on: date, clock: Clock, calendar: WorkingCalendar) -> datetime:
    """Return the instant (UTC) promised by a new date: the close of that day, or of the last working day before it.

    Raises:
        InvalidInputError: the reason is empty, or the date is not after the old one, or too far away.

    Source: NĐ 61/2018 Đ.19.9; R-PRC-14
    """
    problems, due_at, furthest = [], clock.due_at, clock.furthest(calendar)
    if not reason.strip():
        vi, en = (
            "Hãy nêu lý do bằng lời dễ hiểu với người nộp.",
            "Give the reason in words the applicant understands.",
        )
        problems.append(FieldProblem("reason", "R-PRC-14", vi, en))
    until = _close_of(until_on, calendar)
    if until is None or until <= due_at:
        vi, en = (short_instant(due_at, lang) for lang in ("vi", "en"))
        vi = f"Ngày hẹn mới phải sau hạn cũ ({vi}) và nằm trong lịch làm việc đã ban hành."
        en = f"The new date must lie after the old one ({en}) and within the published working calendar."
        problems.append(FieldProblem("until_on", "R-PRC-14", vi, en))
    elif furthest is not None and until_on > furthest:
        vi, en = (short_date(furthest, lang) for lang in LANGUAGES)
        vi, en = f"Ngày hẹn mới muộn nhất là {vi}.", f"The new date may be {en} at the latest."
        problems.append(FieldProblem("until_on", "R-PRC-14", vi, en))
    if problems or until is None:
        raise InvalidInputError(problems)
    return until


def _close_of(day: date, calendar: WorkingCalendar) -> datetime | None:
    try:
        return last_close_by(calendar, day)
    except CalendarGapError:
        return None
