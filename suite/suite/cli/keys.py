"""`motcua keys`: change the key that seals what says who somebody is, and see what is still under older ones."""

import asyncio
import time
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from common.sealing import ANNOUNCED, FILE, add_key
from identity.adapters.file_chest import NAME
from regulation.zone import HERE, moment_said
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from suite.cli.progress import uncut
from suite.deploy.containers import installation
from suite.run.layout import Plan
from suite.run.running import NotRunningError, running
from suite.run.seals import SEALING, counted, keeps_keys, key_folders, rings_at, sealed

app = typer.Typer(
    help="Change the key that seals personal data, and see what is under which", no_args_is_help=True
)
Folder = Annotated[
    Path | None,
    typer.Option("--folder", help="where the keys of a service lie, where no suite runs from here"),
]
Secrets = Annotated[
    Path | None, typer.Option("--secrets", help="the folder of secrets, where containers run the services")
]


@app.command()
def rotate(folder: Folder = None) -> None:
    """Make a new key; two minutes later it seals, and within ten more what is under older ones is sealed anew.

    Every service that seals gets one; with a folder, the service whose keys lie there. Older keys stay, for the
    copies that are kept and for the history, which nobody writes over.
    """
    places = [folder] if folder else list(key_folders(_plan(None)).values())
    for place in places:
        if not keeps_keys(place):
            raise typer.BadParameter(f"no {NAME} and no certificates lie in {place}")
    now = time.time()
    since = datetime.fromtimestamp(now + ANNOUNCED, HERE)
    for place in places:
        typer.echo(f"{add_key(place / FILE, now)} seals from {moment_said(since)} ({place.name})")


@app.command("list")
def show(secrets: Secrets = None) -> None:
    """Count values by the service and the key they are sealed with."""
    plan = _plan(secrets)
    table = uncut(Table("service", "key", "values", box=None))
    for service in SEALING:
        for key, count in sorted(asyncio.run(counted(plan, service)).items()):
            table.add_row(service, key or "none, in clear", f"{count:,}")
    Console().print(table)


@app.command()
def seal(folder: Folder = None, secrets: Secrets = None) -> None:
    """Seal now what stands in clear or under an older key, instead of waiting for the services to do it.

    Of each service whose keys lie here: in the folder of secrets, or where containers and a machine keep them. A
    service whose keys lie elsewhere is named and does it itself within ten minutes.
    """
    plan = _plan(secrets)
    rings = rings_at(plan, secrets=folder or secrets)
    for service in SEALING:
        if rings.get(service) is None:
            typer.echo(
                f"{service}: its keys do not lie here; it seals by itself within ten minutes", err=True
            )
    rings = {service: ring for service, ring in rings.items() if ring is not None}
    if not rings:
        raise typer.BadParameter(f"no {NAME} and no certificates lie in {folder or secrets or plan.folder}")
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("rows", total=None)
        total = sum(
            asyncio.run(sealed(plan, service, ring, lambda count: bar.advance(task, count)))
            for service, ring in rings.items()
        )
    typer.echo(f"{total:,} rows sealed ({', '.join(rings)})")


def _plan(secrets: Path | None) -> Plan:
    try:
        return installation(secrets) if secrets else running()[0]
    except NotRunningError as problem:
        raise typer.BadParameter(str(problem)) from None
