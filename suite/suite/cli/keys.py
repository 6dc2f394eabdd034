"""`motcua keys`: change the key that seals what says who somebody is, and see what is still under older ones."""

import asyncio
import time
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from common.database import Database
from common.sealing import ANNOUNCED, FILE, add_key
from identity.adapters.file_chest import NAME
from identity.main import ring_kept_in
from identity.queries.sealed import CLEAR, values_by_key
from identity.usecases.seal_columns import seal_columns
from regulation.zone import HERE
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from suite.deploy.containers import installation
from suite.run.layout import Plan
from suite.run.running import NotRunningError, running

app = typer.Typer(
    help="Change the key that seals personal data, and see what is under which", no_args_is_help=True
)
Folder = Annotated[
    Path | None, typer.Option("--folder", help="where identity's keys lie, where no suite runs from here")
]
Secrets = Annotated[
    Path | None, typer.Option("--secrets", help="the folder of secrets, where containers run the services")
]


@app.command()
def rotate(folder: Folder = None) -> None:
    """Make a new key; two minutes later it seals, and within ten more what is under older ones is sealed anew.

    Older keys stay, for the copies that are kept and for the history, which nobody writes over.
    """
    place = folder or _plan(None).folder / "keys" / "identity"
    if not (place / NAME).exists():
        raise typer.BadParameter(f"no {NAME} lies in {place}")
    now = time.time()
    key = add_key(place / FILE, now)
    since = datetime.fromtimestamp(now + ANNOUNCED, HERE)
    typer.echo(f"{key} seals from {since:%H:%M:%S}")


@app.command("list")
def show(secrets: Secrets = None) -> None:
    """Count values by the key they are sealed with."""
    found = asyncio.run(_counted(_plan(secrets)))
    table = Table("key", "values", box=None)
    for key, count in sorted(found.items()):
        table.add_row(key or "none, in clear", f"{count:,}")
    Console().print(table)


@app.command()
def seal(folder: Folder = None, secrets: Secrets = None) -> None:
    """Seal now what stands in clear or under an older key, instead of waiting for the service to do it."""
    plan = _plan(secrets)
    place = folder or secrets or plan.folder / "keys" / "identity"
    if ring_kept_in(place) is None:
        raise typer.BadParameter(f"no {NAME} lies in {place}")
    typer.echo(f"{asyncio.run(_sealed(plan, place)):,} rows sealed")


def _plan(secrets: Path | None) -> Plan:
    try:
        return installation(secrets) if secrets else running()[0]
    except NotRunningError as problem:
        raise typer.BadParameter(str(problem)) from None


async def _counted(plan: Plan) -> Counter[str]:
    database = Database(plan.dsn("identity"))
    try:
        async with database.sessions() as session:
            found = await values_by_key(session)
    finally:
        await database.dispose()
    return Counter({key: count for key, count in found.items() if count or key != CLEAR})


async def _sealed(plan: Plan, keys: Path) -> int:
    database = Database(plan.dsn("identity"))
    database.ring, done, count = ring_kept_in(keys), 0, 1
    try:
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("rows", total=None)
            while count:
                async with database.sessions.begin() as session:
                    count = await seal_columns(session)
                done += count
                bar.update(task, completed=done)
    finally:
        await database.dispose()
    return done
