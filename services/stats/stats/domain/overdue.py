"""The summary of overdue dossiers that the provincial centre reports on (tổng hợp hồ sơ quá hạn)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from common.errors import DomainError, FieldProblem, InvalidInputError
from regulation.zone import day_begins, day_ends

LONGEST = timedelta(days=366)
DAY = timedelta(days=1)


class DaysUnusableError(DomainError):
    """A list is of a day or of several, at most a year of them, and not of days to come."""

    code = "days-unusable"
    vi = "Chọn từ ngày đến ngày, không quá một năm và không sau hôm nay."
    en = "Choose a first and a last day, at most a year apart and none to come."


@dataclass(frozen=True)
class Days:
    """Some local days, both included."""

    first: date
    last: date

    def expect_usable(self, today: date) -> None:
        """Refuse days nobody can look back on. Raises: DaysUnusableError."""
        if not (self.first <= self.last <= today and self.last - self.first <= LONGEST):
            raise DaysUnusableError(field="last", rule="range")

    @property
    def starts_at(self) -> datetime:
        """The instant (UTC) at which the first day begins."""
        return day_begins(self.first)

    @property
    def ends_at(self) -> datetime:
        """The instant (UTC) at which the last day is over."""
        return day_ends(self.last)


class Overdue(NamedTuple):
    """A dossier that was overdue on one of the days: since when, and when it was settled, if it was."""

    code: str
    competent_agency: str
    field: str
    procedure_code: str
    received_at: datetime
    due_at: datetime
    closed_at: datetime | None


def days_late(one: Overdue, until: datetime) -> int:
    """Return how many days a dossier was late by an instant, a begun one counts. Source: TN Đ.11.4.g; R-PRC-15"""
    return max(0, -(-(min(one.closed_at or until, until) - one.due_at) // DAY))


def check_instruction(given_by: str, words: str, reported_on: date, received_on: date, today: date) -> None:
    """Refuse an instruction that says nothing, or was received before the report, or later than today.

    Raises:
        InvalidInputError: what is wrong with it.

    Source: TN Đ.11.4.g; R-PRC-15
    """
    problems = []
    for field, text in (("given_by", given_by), ("words", words)):
        if not text.strip():
            vi, en = "Không để trống.", "This may not stay empty."
            problems.append(FieldProblem(field, "R-PRC-15", vi, en))
    if not reported_on <= received_on <= today:
        vi = "Ngày nhận chỉ đạo không trước ngày báo cáo và không sau hôm nay."
        en = "The instruction is not received before the report, nor after today."
        problems.append(FieldProblem("received_on", "R-PRC-15", vi, en))
    if problems:
        raise InvalidInputError(problems)
