"""What a working calendar refuses: unknown dates, contradictory files, times without a zone."""

from regulation.errors import RegulationError


class CalendarGapError(RegulationError):
    """The question reaches beyond the days this calendar knows."""

    code = "calendar-gap"
    vi = "Lịch làm việc {version} chỉ có từ {first} đến {last}; không trả lời được cho {asked}."
    en = "The working calendar {version} covers {first} to {last}; it cannot answer for {asked}."


class CalendarFileError(RegulationError):
    """A calendar file is unreadable or contradicts itself."""

    code = "calendar-file"
    vi = "Lịch {path}: {problem_vi}"
    en = "Calendar {path}: {problem}"


class NaiveInstantError(RegulationError):
    """An instant without a time zone could mean two different moments."""

    code = "naive-instant"
    vi = "Thời điểm {instant} không có múi giờ."
    en = "The instant {instant} has no time zone."
