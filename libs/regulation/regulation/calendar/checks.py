"""What a reviewer looks for in a year of the calendar: missing holidays, unpaid swaps, days still in doubt."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from regulation.calendar.calendar import WorkingCalendar

# Source: BLLĐ 2019 Đ.112.1.
_FIXED = (
    ((1, 1), "Tết Dương lịch", "New Year's Day"),
    ((4, 30), "Ngày Chiến thắng", "Reunification Day"),
    ((5, 1), "Ngày Quốc tế Lao động", "Labour Day"),
    ((9, 2), "Quốc khánh", "National Day"),
)
_TET_DAYS = 5


@dataclass(frozen=True)
class Finding:
    """One thing to look at; `wrong` is an error, else the day is only in doubt (†)."""

    on: date
    wrong: bool
    vi: str
    en: str


def check_year(calendar: WorkingCalendar, year: int) -> list[Finding]:
    """List what is wrong or doubtful in one year of a calendar that covers all of it, by date.

    Source: BLLĐ 2019 Đ.111.3, Đ.112; law-facts §12.
    """
    found = [*_holidays(calendar, year), *_swaps(calendar, year), *_papers(calendar, year)]
    return sorted(found, key=lambda one: (one.on, not one.wrong, one.vi))


def _holidays(calendar: WorkingCalendar, year: int) -> Iterator[Finding]:
    """Ask for every holiday of the Labour Code."""
    for (month, day), vi, en in _FIXED:
        if calendar.day_off(date(year, month, day)) is None:
            yield Finding(date(year, month, day), True, f"thiếu ngày nghỉ: {vi}", f"missing holiday: {en}")
    around = (date(year, 9, 1), date(year, 9, 3))
    if year >= 2021 and not any(calendar.day_off(day) for day in around):
        yield Finding(around[0], True, "Quốc khánh phải nghỉ hai ngày", "National Day needs two days")
    if _longest_run(calendar, year) < _TET_DAYS:
        vi, en = "Tết Nguyên đán phải nghỉ năm ngày liền", "Lunar New Year needs five days in a row"
        yield Finding(date(year, 1, 20), True, vi, en)
    kings = [day for day in calendar.off if day.on.year == year and "Hùng" in day.vi]
    if not kings:
        yield Finding(date(year, 4, 1), True, "thiếu Giỗ Tổ Hùng Vương", "missing Hung Kings' Day")


def _longest_run(calendar: WorkingCalendar, year: int) -> int:
    """Count the longest row of days off between 20 January and 25 February."""
    longest = run = 0
    for number in range(37):
        run = run + 1 if calendar.day_off(date(year, 1, 20) + timedelta(number)) else 0
        longest = max(longest, run)
    return longest


def _swaps(calendar: WorkingCalendar, year: int) -> Iterator[Finding]:
    """A make-up day pays for a weekday that is off."""
    for swap in calendar.make_up:
        if swap.on.year != year:
            continue
        if swap.replaces is None:
            yield Finding(
                swap.on,
                True,
                "ngày làm bù không nêu ngày được nghỉ thay",
                "make-up day pays for no named day",
            )
        elif swap.replaces >= calendar.valid_from and calendar.day_off(swap.replaces) is None:
            vi, en = (
                f"làm bù cho {swap.replaces} nhưng ngày đó không nghỉ",
                f"pays for {swap.replaces}, which is not off",
            )
            yield Finding(swap.on, True, vi, en)
        if swap.doubtful:
            yield Finding(swap.on, False, "† ngày làm bù chưa đối chiếu", "† make-up day not yet confirmed")


def _papers(calendar: WorkingCalendar, year: int) -> Iterator[Finding]:
    """Every day names its paper; a doubtful one says so."""
    for day in calendar.off:
        if day.on.year != year:
            continue
        if not day.source:
            yield Finding(day.on, True, f"{day.vi}: thiếu nguồn", f"{day.en}: no source")
        if day.doubtful:
            yield Finding(day.on, False, f"† {day.vi}: {day.source}", f"† {day.en}: {day.source}")
