"""`motcua backup`: keep copies of a province, check them, and bring it back to a moment."""

import asyncio
import json
import sys
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer
from regulation.zone import HERE, moment_said, moment_said_by_then
from rich.console import Console
from rich.table import Table

from suite.backup.catalogue import NoBackupError, backups, held
from suite.backup.checking import verify as check
from suite.backup.copies import STORE_ERRORS, Copy, NoCopyError
from suite.backup.drilling import drill
from suite.backup.here import beside_containers, kept, living
from suite.backup.installation import BusyError, Installation
from suite.backup.keeper import keep as keep_copies
from suite.backup.rebuilding import RestoreError
from suite.backup.restoring import Restored, lay_out, unfinished
from suite.backup.restoring import restore as bring_back
from suite.backup.room import NoRoomError
from suite.backup.sealing import DamagedError, KeyLostError
from suite.backup.server import BackupError
from suite.backup.standing import LATE, noted
from suite.backup.taking import make_good, patience, take
from suite.cli.progress import Steps, uncut
from suite.run.forks import tell
from suite.run.running import NotRunningError, running

app = typer.Typer(help="Keep copies, check them, try them, and bring a province back", no_args_is_help=True)
T = TypeVar("T")
Json = Annotated[bool, typer.Option("--json", help="for programs")]
REFUSALS = (
    BackupError,
    BusyError,
    DamagedError,
    KeyLostError,
    NoBackupError,
    NoCopyError,
    NoRoomError,
    NotRunningError,
    RestoreError,
    *STORE_ERRORS,
)


@app.command()
def run(
    full: Annotated[bool, typer.Option("--full", help="everything, not only what changed")] = False,
    *,
    adopt: Annotated[
        bool,
        typer.Option("--adopt", help="set aside what the copies hold of another province, and begin anew"),
    ] = False,
) -> None:
    """Take a backup of the running suite now; its keeper takes one by itself as often as the profile says."""
    typer.echo(_taken(_await(lambda report: _run(report, full=full, adopt=adopt))))


async def _run(report: Callable[[str, float], None], *, full: bool, adopt: bool) -> Any:
    place, admin = living()
    return await take(place, admin, report, patience, full=full, adopt=adopt), place.copies


def _taken(done: Any) -> str:
    backup, copies = done
    away = "".join(f"; {where}: {said}" for where, said in copies.troubles.items())
    holders = [copy for copy in copies.all if _holds(copy, backup.id)]
    return f"{backup.id}: {backup.size / 1e6:.1f} MB, in {len(holders)} of {len(copies.all)} copies{away}"


def _holds(copy: Copy, name: str) -> bool:
    try:
        return name in {one.id for one in held(copy)}
    except STORE_ERRORS:
        return False


@app.command()
def mirror() -> None:
    """Give every copy what only others hold, as after it was full or away; the keeper does so by itself."""
    try:
        make_good(_kept())
    except REFUSALS as problem:
        _refuse(problem)
    typer.echo("every copy holds what the others hold")


@app.command()
def keep(
    host: Annotated[str, typer.Option(help="address on which health and numbers are told")] = "127.0.0.1",
    watch_port: Annotated[int, typer.Option(help="port on which they are told")] = 9464,
) -> None:
    """Keep the copies of a province in containers until SIGTERM; a suite without containers does so by itself."""
    try:
        place, admin = living()
    except REFUSALS as problem:
        _refuse(problem)
    asyncio.run(_keep(place, admin, host, watch_port))


async def _keep(place: Installation, admin: str, host: str, port: int) -> None:
    over = asyncio.Event()

    async def noted_lately() -> bool:
        told = noted(place.folder)
        return told is not None and datetime.now(UTC) - told.at < LATE

    telling = asyncio.create_task(tell("backup", [noted_lately], host, port, over))
    try:
        await keep_copies(place, admin)
    finally:
        over.set()
        await telling


@app.command("list")
def list_(as_json: Json = False) -> None:
    """List the backups, the oldest first, and which copies hold each."""
    place = _kept()
    try:
        known = backups(place.copies)
        holders = {copy.shown: {one.id for one in held(copy)} for copy in place.copies.all}
    except REFUSALS as problem:
        _refuse(problem)
    if as_json:
        rows = [one.model_dump(mode="json") for one in known]
        typer.echo(json.dumps([row | {"copies": _in(holders, row["id"])} for row in rows]))
        return
    table = uncut(Table("backup", "ended", "databases", "files", "copies"))
    for one in known:
        ended = f"{moment_said_by_then(one.ended_at)}"
        files = f"{one.file_count} · {one.file_size / 1e6:.1f} MB"
        table.add_row(one.id, ended, f"{one.size / 1e6:.1f} MB", files, str(len(_in(holders, one.id))))
    Console().print(table)


def _kept() -> Installation:
    """Return the province that is kept here; one whose key is lost is refused."""
    try:
        return kept()
    except KeyLostError as problem:
        _refuse(problem)


def _in(holders: dict[str, set[str]], name: str) -> list[str]:
    return [place for place, ids in holders.items() if name in ids]


@app.command()
def verify(as_json: Json = False) -> None:
    """Read every copy again and compare every hash; exit 1 when anything is damaged, missing or cut off."""
    place = _kept()
    try:
        with Steps(Console(stderr=True)) as steps:
            noted_too: list[str] = []
            found = check(place, steps.report, lambda copy, says: noted_too.append(f"{copy}  {says}"))
    except REFUSALS as problem:
        _refuse(problem)
    if as_json:
        typer.echo(json.dumps([one._asdict() for one in found]))
    else:
        for one in found:
            typer.echo(f"{one.copy}  {one.what}: {one.says}")
        for says in noted_too:
            typer.echo(says)
        typer.echo(f"{len(found)} problems")
    raise typer.Exit(1 if found else 0)


@app.command("drill")
def drill_(as_json: Json = False) -> None:
    """Bring the province back in a place of its own and ask whether it is whole; exit 1 unless everything is.

    The running suite is not touched. The result stands in `motcua status`.
    """
    place = _kept()
    try:
        with Steps(Console(stderr=True)) as steps:
            done = asyncio.run(drill(place, steps.report))
    except REFUSALS as problem:
        _refuse(problem)
    if as_json:
        typer.echo(done.model_dump_json())
    else:
        for one in done.checks:
            typer.echo(f"{one.outcome:<16}  {one.asks}{': ' if one.says else ''}{one.says}")
        took = f"{done.restored_in.total_seconds():.1f} s to bring back, {done.took.total_seconds():.1f} s in all"
        typer.echo(f"{'PASS' if done.passed else 'FAIL'}  {done.backup}  {took}")
    raise typer.Exit(0 if done.passed else 1)


@app.command()
def restore(
    to: Annotated[
        str, typer.Option(help="moment, province's time, for example '2026-11-27 15:30'; none: the newest")
    ] = "",
    into: Annotated[
        Path | None,
        typer.Option(
            help="only lay databases and keys out in this folder (emptied first), beside a suite that may run on"
        ),
    ] = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="ask nothing")] = False,
) -> None:
    """Bring the province back to a moment; the suite must be stopped, and what is replaced is kept aside.

    With --into nothing that lives is replaced, and the suite may run on.
    """
    moment, place = _moment(to), _kept()
    if into is not None:
        folder = into
        done_beside = _await(lambda report: lay_out(place, moment, folder, report))
        typer.echo(f"The databases lie in {folder.absolute() / 'postgres'}, keys and passwords beside them")
        _told(done_beside, "laid out")
        return
    if beside_containers():
        _refuse("In containers other programs own the databases: name a folder with --into, see the runbook")
    if _is_running():
        _refuse("The suite runs here; stop it first: motcua down")
    if not (yes or unfinished(place.folder)):
        when = moment_said(moment) if moment else "the newest moment there is"
        typer.confirm(f"Replace the databases in {place.folder} by those of {when}?", abort=True)
    done = _await(lambda report: bring_back(place, moment, report))
    typer.echo(f"What was replaced lies in {place.folder / 'replaced'}; start the suite: motcua up")
    _told(done, "restored")


def _told(done: Restored | None, how: str) -> None:
    """Say how a restore ended; exit 1 where something did not come with it."""
    typer.echo(f"{how} from {done.used.id}" if done else "the restore that was cut short is finished")
    for sentence in done.done if done else ():
        typer.echo(sentence)
    for trouble in done.troubles if done else ():
        typer.echo(f"{how}, but {trouble}", err=True)
    if done and done.troubles:
        raise typer.Exit(1)


def _moment(told: str) -> datetime | None:
    """Read a moment of the province's time."""
    try:
        moment = datetime.fromisoformat(told) if told else None
    except ValueError:
        raise typer.BadParameter(f"'{told}' is no moment; write it as 2026-11-27 15:30") from None
    return moment.replace(tzinfo=HERE) if moment is not None and moment.tzinfo is None else moment


def _is_running() -> bool:
    try:
        running()
    except NotRunningError:
        return False
    return True


def _await(work: Callable[[Callable[[str, float], None]], Coroutine[Any, Any, T]]) -> T:
    """Do something with progress bars and return how it ended."""
    try:
        with Steps(Console(stderr=True)) as steps:
            return asyncio.run(work(steps.report))
    except REFUSALS as problem:
        _refuse(problem)


def _refuse(problem: object) -> NoReturn:
    """Say in one sentence why it did not go, and leave."""
    print(problem, file=sys.stderr)  # noqa: T201
    raise typer.Exit(1)
