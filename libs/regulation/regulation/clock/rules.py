"""The rules by which the regulations count time, and what stops the count."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from regulation.durations import Duration, Unit
from regulation.errors import RegulationError


class Rule(StrEnum):
    """How a limit is counted.

    The 15:00 rule exists twice and is never merged: `same_day_15h` is the sector rule for a result
    (after 15:00: by the end of the next working day), `forward_15h` is the transfer of an accepted
    dossier (after 15:00: at the start of the next working day).
    Source: NĐ 61/2018 Đ.18, Đ.19; BLDS 2015 Đ.147, Đ.148; requirements §0.3.1.
    """

    HOURS = "hours"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"
    SAME_DAY_15H = "same_day_15h"
    FORWARD_15H = "forward_15h"
    CLOCK_HOURS = "clock_hours"
    WORKING_DAY_CLOCK_HOURS = "working_day_clock_hours"


class DayZero(StrEnum):
    """Which day is not counted when something arrives outside working time.

    `receipt_date`: the date of the event itself, as BLDS Đ.147 has it. `next_working_day`: the day on
    which the event takes effect, for an agency whose regulation says so.
    Source: requirements §0.3.1; BLDS 2015 Đ.147.2.
    """

    RECEIPT_DATE = "receipt_date"
    NEXT_WORKING_DAY = "next_working_day"


_RULES = {
    Unit.WORKING_HOUR: Rule.HOURS,
    Unit.WORKING_DAY: Rule.WORKING_DAYS,
    Unit.CLOCK_HOUR: Rule.CLOCK_HOURS,
    Unit.DAY: Rule.CALENDAR_DAYS,
    Unit.MONTH: Rule.MONTHS,
    Unit.YEAR: Rule.MONTHS,
}

UNITS_OF: dict[Rule, frozenset[Unit]] = {
    Rule.HOURS: frozenset({Unit.WORKING_HOUR}),
    Rule.WORKING_DAYS: frozenset({Unit.WORKING_DAY}),
    Rule.CALENDAR_DAYS: frozenset({Unit.DAY}),
    Rule.MONTHS: frozenset({Unit.MONTH, Unit.YEAR}),
    Rule.CLOCK_HOURS: frozenset({Unit.CLOCK_HOUR}),
    Rule.WORKING_DAY_CLOCK_HOURS: frozenset({Unit.CLOCK_HOUR}),
}


def rule_for(duration: Duration) -> Rule:
    """Name the rule that a limit in this unit follows unless a regulation says otherwise."""
    return _RULES[duration.unit]


@dataclass(frozen=True)
class Pause:
    """A stretch during which the clock stands still (tạm dừng), with its ground and its paper.

    Source: requirements R-PRC-10.
    """

    start: datetime
    end: datetime | None
    ground: str = ""
    paper: str = ""


class ClockError(RegulationError):
    """Base of what the clock refuses."""


class WrongUnitError(ClockError):
    """The limit is in a unit that the rule does not count."""

    code = "wrong-unit"
    vi = "Quy tắc {rule} không tính theo {amount}."
    en = "The rule {rule} does not count in {amount}."


class FractionOfDayError(ClockError):
    """Only working days and hours can be divided."""

    code = "fraction-of-day"
    vi = "Ngày và tháng theo lịch chỉ nhận số nguyên, nhận được {amount}."
    en = "Calendar days and months are whole numbers, got {amount}."


class PauseBackwardsError(ClockError):
    """A pause that ends before it starts."""

    code = "pause-backwards"
    vi = "Thời gian tạm dừng kết thúc ({end}) trước khi bắt đầu ({start})."
    en = "The pause ends ({end}) before it starts ({start})."


class ClockStoppedError(ClockError):
    """A pause is still open, so no due date exists."""

    code = "clock-stopped"
    vi = "Đồng hồ đang dừng từ {start}; chưa có hạn cho đến khi tiếp tục."
    en = "The clock has stood still since {start}; there is no due date until it resumes."


class HandedInLaterError(ClockError):
    """The competent authority cannot have received a dossier before it was handed in."""

    code = "handed-in-later"
    vi = "Cơ quan có thẩm quyền nhận ({received}) trước khi hồ sơ được nộp ({handed_in})."
    en = "The competent authority received the dossier ({received}) before it was handed in ({handed_in})."


class ExtensionUsedError(ClockError):
    """The one allowed extension has been used."""

    code = "extension-used"
    vi = "Hồ sơ đã được gia hạn; chỉ được hẹn lại một lần."
    en = "The date has been extended already; it may be set anew only once."


class ExtensionTooLateError(ClockError):
    """An extension must be announced at least one day before the due date."""

    code = "extension-too-late"
    vi = "Gia hạn phải thông báo chậm nhất {latest}; thông báo lúc {announced} là muộn."
    en = "An extension must be announced by {latest}; {announced} is too late."


class ExtensionBackwardsError(ClockError):
    """A new date must lie after the old one."""

    code = "extension-backwards"
    vi = "Ngày hẹn mới ({until}) phải sau ngày hẹn cũ ({due})."
    en = "The new date ({until}) must lie after the old one ({due})."
