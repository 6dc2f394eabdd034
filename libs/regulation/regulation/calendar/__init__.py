"""Working calendars: hours per weekday and season, holidays, swap days, provincial files, validity."""

from regulation.calendar.calendar import DayKind, DayOff, MakeUpDay, WorkingCalendar
from regulation.calendar.errors import CalendarFileError, CalendarGapError, NaiveInstantError
from regulation.calendar.files import DEFAULT_PERIODS, NATIONAL_YEARS, from_yaml, national, national_year
from regulation.calendar.week import WEEKDAYS, Period, Season, Week

__all__ = [
    "DEFAULT_PERIODS",
    "NATIONAL_YEARS",
    "WEEKDAYS",
    "CalendarFileError",
    "CalendarGapError",
    "DayKind",
    "DayOff",
    "MakeUpDay",
    "NaiveInstantError",
    "Period",
    "Season",
    "Week",
    "WorkingCalendar",
    "from_yaml",
    "national",
    "national_year",
]
