"""`motcua calendar`: show a year of the working calendar, and check it before it is relied on."""

from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer
from regulation.calendar import (
    NATIONAL_YEARS,
    WEEKDAYS,
    CalendarFileError,
    DayKind,
    WorkingCalendar,
    from_yaml,
    national,
)
from regulation.calendar.checks import check_year

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

FileOption = Annotated[
    Path | None, typer.Option("--calendar", help="a province's calendar file; default: national")
]
_WEEKDAYS_VI = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


@app.callback()
def calendar() -> None:
    """Show and check the working calendar."""


@app.command()
def show(year: int, file: FileOption = None) -> None:
    """Print hours, days off, make-up days and the number of working days of a year; † marks doubt."""
    working = _read(file)
    if not (working.valid_from <= date(year, 1, 1) and date(year, 12, 31) <= working.valid_to):
        typer.echo(
            f"Lịch {working.label}: {working.valid_from} – {working.valid_to}; không có năm {year}.", err=True
        )
        raise typer.Exit(1)
    typer.echo(f"Lịch làm việc / working calendar {year} · {working.version} · {working.zone}\n")
    _show_hours(working)
    typer.echo("\nNgày nghỉ / days off")
    for day in sorted((one for one in working.off if one.on.year == year), key=lambda one: one.on):
        doubt = " †" if day.doubtful else ""
        typer.echo(f"  {_date(day.on)}  {day.vi} / {day.en}{doubt}  [{day.source}]")
    typer.echo("\nNgày làm bù / make-up days")
    for swap in (one for one in working.make_up if one.on.year == year):
        replaced = f"thay / for {_date(swap.replaces)}" if swap.replaces else ""
        typer.echo(f"  {_date(swap.on)}  {replaced}{' †' if swap.doubtful else ''}  [{swap.source}]")
    typer.echo("\nSố ngày làm việc / working days")
    typer.echo(f"  {_working_days(working, year)}")


@app.command()
def check(file: FileOption = None) -> None:
    """Look for missing holidays, swaps that do not pair, days without a paper; list the days in doubt (†).

    The exit status is 1 when something is wrong; doubt alone is not wrong.
    """
    working = _read(file)
    years = [
        year
        for year in NATIONAL_YEARS
        if working.valid_from <= date(year, 1, 1) and date(year, 12, 31) <= working.valid_to
    ]
    wrong = doubtful = 0
    for year in years:
        for finding in check_year(working, year):
            wrong, doubtful = wrong + finding.wrong, doubtful + (not finding.wrong)
            typer.echo(f"{'SAI/WRONG' if finding.wrong else '†'}  {finding.on}  {finding.vi} / {finding.en}")
    span = f"{years[0]}–{years[-1]}" if years else "–"
    typer.echo(f"{working.version}: {span}, {wrong} sai / wrong, {doubtful} chưa đối chiếu / in doubt")
    if wrong or not years:
        raise typer.Exit(1)


def _read(file: Path | None) -> WorkingCalendar:
    """Read a file or the national calendar; stop with status 2 when the file is refused."""
    try:
        return from_yaml(file) if file else national()
    except CalendarFileError as problem:
        typer.echo(f"{problem.message('vi')} / {problem.message('en')}", err=True)
        raise typer.Exit(2) from problem


def _show_hours(working: WorkingCalendar) -> None:
    """Print the weekly hours, then those of each season."""
    weeks = [("", working.week)]
    weeks += [
        (
            f"{season.name} {season.begins[1]}/{season.begins[0]}–{season.ends[1]}/{season.ends[0]} ",
            season.week,
        )
        for season in working.seasons
    ]
    for name, week in weeks:
        for periods, days in groupby(zip(WEEKDAYS, week.days, strict=True), key=lambda pair: pair[1]):
            spoken = ", ".join(_WEEKDAYS_VI[WEEKDAYS.index(day)] for day, _ in days)
            typer.echo(f"  {name}{spoken}: {', '.join(map(str, periods)) or 'nghỉ / rest'}")


def _date(day: date) -> str:
    """Write a date with its weekday."""
    return f"{_WEEKDAYS_VI[day.weekday()]} {day:%d/%m/%Y}"


def _working_days(working: WorkingCalendar, year: int) -> str:
    """Count the working days per month and in all."""
    counts = [0] * 12
    day = date(year, 1, 1)
    while day.year == year:
        counts[day.month - 1] += working.kind_of(day) in (DayKind.WORKING, DayKind.MAKE_UP)
        day += timedelta(1)
    return " ".join(f"{month}:{count}" for month, count in enumerate(counts, 1)) + f" = {sum(counts)}"
