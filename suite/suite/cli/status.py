"""`motcua status`: what runs, whether it answers, and what waits in outboxes, inboxes and on the broker."""

import asyncio
import json
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import asyncpg
import typer
from common.carriers.rejected import rejected_count
from common.database import Database
from common.metrics import event_state
from registers import queries as registers
from registers.adapters.book_files import declared_books
from registers.adapters.http_watch import HttpWatch
from registers.domain.standing import RENEW, PartFacts
from regulation import profiles
from regulation.clock import by_profile
from regulation.zone import local_day, moment_said
from rich.console import Console
from rich.table import Table
from sqlalchemy.exc import SQLAlchemyError

from suite.backup.drilling import drill_problems, last_drill
from suite.backup.standing import noted
from suite.cli.progress import uncut
from suite.run.layout import OWNERS, SERVICES, Plan
from suite.run.running import NotRunningError, running

app = typer.Typer()
COLUMNS = ("unpublished", "unhandled", "not_yet", "not_yet_seconds", "dead", "late_jobs", "failed_jobs")
AWAY = (OSError, SQLAlchemyError, asyncpg.PostgresError)  # what is said where a database cannot be asked
CALENDAR_WARNING = 60  # days before the working calendar ends at which its keeper is to act
COUNTED = ("outbox_unpublished", "inbox_waiting", "inbox_not_yet", "inbox_not_yet_seconds", "inbox_dead")


async def _row(plan: Plan, service: str, api: PartFacts, told: PartFacts) -> dict[str, Any]:
    """Show a service as the pages do: `told` is its worker, where that is a process of its own."""
    row: dict[str, Any] = {"service": service, "ready": api.ready}
    row["certificates"] = {**api.days_left, **told.days_left}
    if service in OWNERS:
        away = told.unpublished is None
        row["late_jobs"] = None if away else list(told.late_jobs)
        row["failed_jobs"] = None if away else list(told.failed_jobs)
        row["ready"] = api.ready and row["late_jobs"] == row["failed_jobs"] == []
        seen = (told.unpublished, told.waiting, told.not_yet, told.not_yet_seconds, told.dead)
        counts: tuple[float | None, ...] = await _counted(plan.dsn(service)) if away else seen
        row |= dict(zip(COLUMNS, counts, strict=False))
    row["ready"] = row["ready"] and "certificate" not in {*api.problems(), *told.problems()}
    return row


async def _counted(dsn: str) -> tuple[float | None, ...]:
    """Count what a process would, where it is away and only its database can be asked, if that can."""
    database = Database(dsn, pool_size=1)
    try:
        state = await event_state(database)
    except AWAY:
        return (None,) * len(COUNTED)
    finally:
        await database.dispose()
    return tuple(int(state[name]) for name in COUNTED)


async def _broker(amqp_url: str) -> dict[str, Any]:
    """Show the broker like a service: what died there waits in no inbox."""
    dead = await rejected_count(amqp_url)
    return {"service": "broker", "ready": dead is not None} | ({} if dead is None else {"dead": dead})


async def _seen(plan: Plan) -> dict[str, Any]:
    """Read what the pages show too: the month's availability and how many incidents and planned stops are open."""
    database = Database(plan.dsn("registers"), pool_size=1)
    try:
        async with database.sessions() as session:
            months = await registers.months(session, datetime.now(UTC), 1)
            told = [key for key, book in declared_books().items() if book.notice]
            count = await registers.open_count(session, told)
    except AWAY:
        return {"availability_percent": None, "open_incidents": None}
    finally:
        await database.dispose()
    return {"availability_percent": months[0][1].percent if months else None, "open_incidents": count}


async def _all(plan: Plan) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    return await _rows(plan), await _seen(plan)


async def _rows(plan: Plan) -> list[dict[str, Any]]:
    """Ask every process by the same look that the status pages are written from."""
    names = {name: f"{name}-worker" if plan.amqp_url and name in OWNERS else name for name in SERVICES}
    asked = {process: plan.watch_url(process) for process in {*names, *names.values()}}
    found = {part.name: part for part in await HttpWatch(asked).look(datetime.now(UTC))}
    rows = [await _row(plan, name, found[name], found[worker]) for name, worker in names.items()]
    return rows if plan.amqp_url is None else [*rows, await _broker(plan.amqp_url)]


def backup_of(folder: Path, now: datetime) -> dict[str, Any] | None:
    """Return how backups and drills stand, with what an operator has to see to; none where no copies are kept."""
    if (told := noted(folder)) is None:
        return None
    tried = last_drill(folder)
    problems = [*told.problems(now), *drill_problems(tried, told, now)]
    return {
        "last": told.last,
        "shipped_at": told.shipped_at,
        "drill": tried and {"passed": tried.passed, "at": tried.at},
        "problems": problems,
    }


def ending(rows: Sequence[dict[str, Any]]) -> list[tuple[str, int]]:
    """Return how many days certificates have left, the first to end first."""
    left = [one for row in rows for one in row.get("certificates", {}).items()]
    return sorted(dict(sorted(left, key=lambda one: -one[1])).items(), key=lambda one: one[1])


def calendar_of(profile: str, today: date) -> dict[str, Any]:
    """Say on which day the working calendar ends; soon after it no time limit can be given. Source: R-PRC-05"""
    last = by_profile.calendar_of(profiles.load(profile)).valid_to
    left = (last - today).days
    return {"ends_on": last.isoformat(), "days_left": left, "ready": left > CALENDAR_WARNING}


def _calendar_line(told: dict[str, Any]) -> str:
    warning = "" if told["ready"] else " [red]NO[/]  give it the days that were announced"
    return f"working calendar until {told['ends_on']}: {told['days_left']} days left{warning}"


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _drill_said(told: dict[str, Any] | None) -> str:
    return f"{'PASS' if told['passed'] else 'FAIL'} {moment_said(told['at'])}" if told else "none yet"


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(value) or "0"
    return "–" if value is None else str(value)


@app.command()
def status(as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False) -> None:
    """Show each service and the broker, what waits, failed or is late; exit 1 when one is not as it should be."""
    try:
        plan, pid = running()
    except NotRunningError as problem:
        print(problem, file=sys.stderr)  # noqa: T201
        raise typer.Exit(1) from None
    (rows, seen), copied = asyncio.run(_all(plan)), backup_of(plan.folder, datetime.now(UTC))
    calendar = calendar_of(plan.profile, local_day(datetime.now(UTC)))
    if as_json:
        told = {"url": plan.public_url, "pid": pid, "profile": plan.profile}
        shown = {**told, "services": rows, "backup": copied, "calendar": calendar, **seen}
        print(json.dumps(shown, default=_written))  # noqa: T201
    else:
        table = uncut(Table("service", "ready", *(name.replace("_", " ") for name in COLUMNS)))
        for row in rows:
            cells = (_cell(row.get(key)) for key in COLUMNS)
            table.add_row(row["service"], "yes" if row["ready"] else "NO", *cells)
        Console().print(f"{plan.public_url}  profile {plan.profile}  supervisor {pid}", table)
        for name, days in ending(rows):
            Console().print(f"certificate {name}: {days} days left{' [red]NO[/]' if days < RENEW else ''}")
        Console().print(_calendar_line(calendar))
        percent = seen["availability_percent"]
        share = "not measured yet" if percent is None else f"{percent} %"
        Console().print(f"available this month {share}, open incidents {_cell(seen['open_incidents'])}")
        if copied is not None:
            console = Console(soft_wrap=True)
            known = copied["shipped_at"] and moment_said(copied["shipped_at"])
            console.print(f"backup {copied['last'] or 'none yet'}, copies know all up to {known or '–'}")
            console.print(
                f"drill {_drill_said(copied['drill'])}",
                *(f"\n[red]NO[/]  {one}" for one in copied["problems"]),
            )
    raise typer.Exit(0 if all(row["ready"] for row in rows) and not (copied and copied["problems"]) else 1)
