"""`motcua clock`: compute due dates, one with its explanation or a whole table."""

import csv
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from regulation.calendar import CalendarFileError, WorkingCalendar, from_yaml
from regulation.clock import DayZero, Ledger, Pause, Rule, due
from regulation.clock.batch import COLUMNS, due_of_row, local_minute
from regulation.clock.by_profile import calendar_of
from regulation.clock.rules import UNITS_OF
from regulation.durations import Duration, Parsed, UnreadableDurationError, classify, parse_amount
from regulation.errors import RegulationError
from regulation.profiles import load

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def clock() -> None:
    """Compute and explain due dates."""


@app.command()
def batch(
    calendar: Annotated[Path, typer.Option("--calendar", help="calendar file of the cases")],
    day_zero: Annotated[
        DayZero, typer.Option("--day-zero", help="the day not counted after receipt outside working time")
    ] = DayZero.RECEIPT_DATE,
) -> None:
    """Read cases as CSV on standard input and write their due dates.

    In: id,rule,received,amount,pause_from,pause_to (local times, 2026-09-03T10:00). Out: id,due.
    Rules: hours, working_days, calendar_days, months, same_day_15h, hours+pause.
    Limits in days do not count the date of receipt, be it worked or not. What arrives on a day off under
    same_day_15h is due at the close of the next working day. A row that cannot be computed has an empty
    due and its reason on standard error; the exit status is then 1.
    """
    working = _calendar(calendar)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("id", "due"))
    refused = False
    for row in _rows():
        try:
            answer = due_of_row(row, working, day_zero).isoformat(timespec="minutes")
        except RegulationError as problem:
            refused, answer = True, ""
            typer.echo(f"{row['id']}: {problem.message('vi')} / {problem.message('en')}", err=True)
        out.writerow((row["id"], answer))
    if refused:
        raise typer.Exit(1)


def _rows() -> Iterator[dict[str, str]]:
    """Read the cases; stop with status 2 when the table itself cannot be read."""
    text = sys.stdin.buffer.read().decode("utf-8-sig", errors="replace")
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="", restval="")
    try:
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            _stop(f"Dòng đầu phải là / the first line must be: {','.join(COLUMNS)}")
        yield from reader
    except csv.Error as problem:
        _stop(f"CSV: {problem}")


def _stop(reason: str) -> NoReturn:
    """Refuse the whole call."""
    typer.echo(reason, err=True)
    raise typer.Exit(2)


def _calendar(path: Path) -> WorkingCalendar:
    """Read a calendar file; stop with status 2 when it is refused."""
    try:
        return from_yaml(path)
    except CalendarFileError as problem:
        _stop(f"{problem.message('vi')} / {problem.message('en')}")


@app.command(name="due")
def due_command(
    *,
    rule: Annotated[Rule, typer.Option("--rule", help="how the limit is counted")],
    received: Annotated[str, typer.Option("--received", help="local time, 2026-09-03T10:00")],
    profile: Annotated[str, typer.Option("--profile", help="regulation profile")] = "national-2026",
    limit: Annotated[
        str, typer.Option("--limit", help="4 wh, ½ wd, 5 Ngày làm việc, or a number in the rule's unit")
    ] = "",
    pause: Annotated[
        list[str] | None, typer.Option("--pause", help="from/to in local time; repeatable")
    ] = None,
    handed_in: Annotated[
        str, typer.Option("--handed-in", help="local time of hand-in at another place")
    ] = "",
    day_zero: Annotated[DayZero, typer.Option("--day-zero")] = DayZero.RECEIPT_DATE,
    calendar: Annotated[
        Path | None, typer.Option("--calendar", help="calendar file instead of the profile's calendar")
    ] = None,
    source: Annotated[str, typer.Option("--source", help="article to print with the answer")] = "",
    lang: Annotated[str, typer.Option("--lang", help="vi or en")] = "vi",
    as_json: Annotated[bool, typer.Option("--json", help="print the ledger as JSON")] = False,
) -> None:
    """Compute one due date, with the sentence and the ledger that explain it."""
    try:
        working = calendar_of(load(profile), calendar)
        ledger = due(
            rule,
            local_minute(received, working, "--received"),
            _limit(limit, rule),
            working,
            [_pause(one, working) for one in pause or ()],
            source,
            handed_in=local_minute(handed_in, working, "--handed-in") if handed_in else None,
            day_zero=day_zero,
        )
    except RegulationError as problem:
        typer.echo(problem.message(lang), err=True)
        raise typer.Exit(1) from problem
    typer.echo(_as_json(ledger, working) if as_json else _as_text(ledger, working, lang))


def _limit(text: str, rule: Rule) -> Duration | None:
    """Read the limit: short notation, a phrase of the catalogue, or a bare number in the rule's first unit."""
    if not text or rule not in UNITS_OF:
        return None
    amount = parse_amount(text)
    if amount is not None:
        return Duration(amount, min(UNITS_OF[rule]))
    phrase = classify(text)
    if isinstance(phrase, Parsed):
        return phrase.duration
    raise UnreadableDurationError(text=text)


def _pause(text: str, calendar: WorkingCalendar) -> Pause:
    """Read `2026-09-03T10:00/2026-09-03T11:00`."""
    begins, _, ends = text.partition("/")
    return Pause(local_minute(begins, calendar, "--pause"), local_minute(ends, calendar, "--pause"))


def _as_json(ledger: Ledger, calendar: WorkingCalendar) -> str:
    """Write the due date, the sentences and the whole ledger as JSON."""
    answer = {
        "due": calendar.local(ledger.due_at).isoformat(timespec="minutes"),
        "due_at": ledger.to_dict()["due_at"],
        "sentence": {lang: ledger.explain(lang).sentence for lang in ("vi", "en")},
        "ledger": ledger.to_dict(),
    }
    return json.dumps(answer, ensure_ascii=False, indent=2)


def _as_text(ledger: Ledger, calendar: WorkingCalendar, lang: str) -> str:
    """Write the due date, the sentence and one line per stretch; `+` marks what counts."""
    told = ledger.explain(lang)
    lines = [calendar.local(ledger.due_at).isoformat(timespec="minutes"), told.sentence, ""]
    lines += [f"{'+' if row.counted else ' '} {row.start} – {row.end}  {row.text}" for row in told.rows]
    return "\n".join(lines)
