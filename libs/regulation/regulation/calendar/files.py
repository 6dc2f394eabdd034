"""Working calendars read from reviewable YAML: the national years, and a province's own file on top."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import yaml

from regulation.calendar.calendar import DayOff, MakeUpDay, WorkingCalendar
from regulation.calendar.errors import CalendarFileError
from regulation.calendar.week import Season, Week
from regulation.calendar.yaml12 import load_file, load_text
from regulation.zone import ZONE

NATIONAL_YEARS = range(2019, 2028)
# Source: requirements §A.2 calendar.working_periods (suite default).
DEFAULT_PERIODS = {day: ["07:30-11:30", "13:30-17:30"] for day in ("mon", "tue", "wed", "thu", "fri")}
_KEYS = {
    "zone",
    "version",
    "valid",
    "periods",
    "seasons",
    "off",
    "make_up",
    "work",
    "extends",
    "note",
    "source",
}


def national(periods: Mapping[str, Sequence[str]] | None = None) -> WorkingCalendar:
    """Return the national calendar 2019–2027, with a province's hours or the suite's default.

    Raises: ValueError.
    """
    return _national(Week.parse(periods or DEFAULT_PERIODS))


@lru_cache(maxsize=64)
def _national(week: Week) -> WorkingCalendar:
    years = [national_year(year) for year in NATIONAL_YEARS]
    return WorkingCalendar(
        label="vn-" + ".".join(str(year["version"]) for year in years[-2:]),
        valid_from=date(NATIONAL_YEARS[0], 1, 1),
        valid_to=date(NATIONAL_YEARS[-1], 12, 31),
        week=week,
        off=tuple(_day_off(entry) for year in years for entry in year["off"]),
        make_up=tuple(_make_up(entry) for year in years for entry in year.get("make_up") or ()),
    )


def national_year(year: int) -> dict[str, Any]:
    """Read one year of the national calendar as its file states it."""
    file = resources.files("regulation").joinpath("data", "calendar", f"{year}.yaml")
    content: dict[str, Any] = load_text(file.read_text(encoding="utf-8"))
    return content


def from_yaml(path: str | Path) -> WorkingCalendar:
    """Read a calendar file; with `extends: national` it changes the national calendar.

    Raises: CalendarFileError.
    """
    try:
        content = load_file(path)
        if not isinstance(content, dict):
            raise ValueError("the file is not a mapping of keys")
        return _calendar(content, Path(path).stem)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValueError, TypeError, KeyError) as problem:
        text = f"missing key {problem}" if isinstance(problem, KeyError) else " ".join(str(problem).split())
        vi = f"không đọc được: {text}"
        raise CalendarFileError(path=str(path), problem=text, problem_vi=vi) from problem


def _calendar(content: dict[str, Any], name: str) -> WorkingCalendar:
    """Build the calendar a file describes. Raises: ValueError, KeyError, TypeError."""
    unknown = set(content) - _KEYS
    if unknown:
        raise ValueError(f"unknown key {', '.join(sorted(map(str, unknown)))}")
    if (zone := content.get("zone", ZONE)) not in available_timezones():
        raise ValueError(f"unknown time zone {zone}")
    off = tuple(_day_off(entry) for entry in content.get("off") or ())
    make_up = tuple(_make_up(entry) for entry in content.get("make_up") or ())
    seasons = tuple(_season(entry) for entry in content.get("seasons") or ())
    if "extends" in content:
        if content["extends"] != "national":
            raise ValueError("extends knows only “national”")
        return national(content.get("periods")).overlaid(
            label=str(content["version"]),
            off=off,
            make_up=make_up,
            work=[_date(day) for day in content.get("work") or ()],
            seasons=seasons,
        )
    if "work" in content:
        raise ValueError("work has a meaning only with “extends: national”")
    first, last = content["valid"]
    return WorkingCalendar(
        label=str(content.get("version", name)),
        valid_from=_date(first),
        valid_to=_date(last),
        week=Week.parse(content["periods"]),
        seasons=seasons,
        off=off,
        make_up=make_up,
        zone=zone,
    )


def _date(value: object) -> date:
    """Read a YAML date or an ISO text. Raises: ValueError."""
    if type(value) is date:
        return value
    return date.fromisoformat(str(value))


def _day_off(entry: object) -> DayOff:
    """Read a day off written as a bare date or as a mapping with names and source."""
    if not isinstance(entry, dict):
        return DayOff(_date(entry))
    names = {key: str(entry[key]) for key in ("vi", "en", "source") if key in entry}
    return DayOff(_date(entry["date"]), **names, doubtful=bool(entry.get("doubtful", False)))


def _make_up(entry: object) -> MakeUpDay:
    """Read a make-up day written as a bare date or as a mapping with the day it stands in for."""
    if not isinstance(entry, dict):
        return MakeUpDay(_date(entry))
    replaces = _date(entry["replaces"]) if "replaces" in entry else None
    source, doubtful = str(entry.get("source", "")), bool(entry.get("doubtful", False))
    return MakeUpDay(_date(entry["date"]), replaces, source, doubtful)


def _season(entry: dict[str, Any]) -> Season:
    """Read a season: name, from `MM-DD`, to `MM-DD`, periods."""
    return Season(
        str(entry["name"]), _month_day(entry["from"]), _month_day(entry["to"]), Week.parse(entry["periods"])
    )


def _month_day(text: str) -> tuple[int, int]:
    """Read `04-16`; 29 February is a day. Raises: ValueError."""
    day = date.fromisoformat(f"2000-{text}")
    return day.month, day.day
