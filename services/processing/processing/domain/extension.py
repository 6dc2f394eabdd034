"""What it takes to promise the one new date (gia hạn, hẹn lại ngày trả kết quả), with an apology and in time."""

from dataclasses import dataclass
from datetime import date, datetime

from common.errors import FieldProblem, InvalidInputError
from regulation.calendar import WorkingCalendar
from regulation.calendar.errors import CalendarGapError
from regulation.clock import apology_due_at, last_close_by
from regulation.text import short_instant

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


def check_new_date(reason: str, until_on: date, due_at: datetime, calendar: WorkingCalendar) -> datetime:
    """Return the instant (UTC) promised by a new date: the close of that day, or of the last working day before it.

    Raises:
        InvalidInputError: the reason is empty, or the date is not after the old one.

    Source: NĐ 61/2018 Đ.19.9; R-PRC-14
    """
    problems = []
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
    if problems or until is None:
        raise InvalidInputError(problems)
    return until


def _close_of(day: date, calendar: WorkingCalendar) -> datetime | None:
    try:
        return last_close_by(calendar, day)
    except CalendarGapError:
        return None
