"""`motcua files`: lay aside what nobody needs any more, and check that what is needed is whole."""

import asyncio
import json
import sys
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from common.files import FileStore
from regulation import profiles
from regulation.retention import Record, retention_of
from rich.console import Console

from suite.backup.healing import Healed, heal
from suite.backup.here import kept, plan_here
from suite.cli.progress import Steps
from suite.run.layout import OWNERS, Plan
from suite.run.references import InstanceApartError, refuse_apart
from suite.run.references import sweep as sweep_files
from suite.run.references import verify as verify_files
from suite.run.running import NotRunningError

app = typer.Typer(help="Check the kept files, and let go of those nobody needs", no_args_is_help=True)


def _plan() -> Plan:
    try:
        return plan_here()
    except NotRunningError as problem:
        print(problem, file=sys.stderr)  # noqa: T201
        raise typer.Exit(1) from None


@app.command()
def sweep(
    grace_days: Annotated[
        int | None,
        typer.Option(min=1, help="days a file stays after nobody needs it; the profile's without it"),
    ] = None,
    dry_run: Annotated[bool, typer.Option(help="count only")] = False,
) -> None:
    """Lay aside files no row names any more, and delete those that lay aside as long again.

    It needs every database that names files, so it refuses where an agency's own instance holds dossiers.
    """
    plan = _plan()
    kept = retention_of(profiles.load(plan.profile))
    try:
        asyncio.run(refuse_apart(plan.dsn("processing")))
    except InstanceApartError:
        typer.echo(
            "An agency's own instance holds dossiers; which files it names only its databases know.", err=True
        )
        raise typer.Exit(1) from None
    with Steps(Console(stderr=True)) as steps:
        done = asyncio.run(
            sweep_files(
                FileStore(plan.files_url),
                [plan.dsn(service) for service in OWNERS],
                now=datetime.now(UTC),
                grace=timedelta(days=grace_days) if grace_days else kept.of(Record.UPLOAD),
                report=steps.report,
                dry=dry_run,
            )
        )
    typer.echo(json.dumps(done._asdict()))


@app.command()
def verify(
    sample: Annotated[int | None, typer.Option(min=1, help="how many of each kind; all without it")] = None,
    *,
    bring_back: Annotated[
        bool, typer.Option("--heal", help="bring what is missing or damaged back from the copies")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,
) -> None:
    """Read the files that rows name and compare their bytes; exit 1 when one is missing or changed, and stays so."""
    plan = _plan()
    store = FileStore(plan.files_url)
    with Steps(Console(stderr=True)) as steps:
        dsns = [plan.dsn(service) for service in OWNERS]
        done = asyncio.run(verify_files(store, dsns, report=steps.report, sample=sample))
    wanted = (*done.missing, *done.damaged)
    healed = asyncio.run(heal(kept(), store, wanted)) if bring_back and wanted else Healed((), wanted)
    if as_json:
        typer.echo(json.dumps({**done._asdict(), "healed": healed.back}))
    else:
        for how, which in (("missing", done.missing), ("damaged", done.damaged), ("healed", healed.back)):
            for sha256 in which:
                typer.echo(f"{sha256}  {how}")
        typer.echo(f"{done.read} files read, {len(done.missing)} missing, {len(done.damaged)} damaged")
    if healed.lost:
        raise typer.Exit(1)
