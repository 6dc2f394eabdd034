"""`motcua province migrate|seed`: the one-shot jobs of an installation in containers."""

import asyncio
import os
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from suite.backup.installation import Settings
from suite.deploy.containers import database_address, installation
from suite.run.databases import prepare_databases
from suite.run.layout import OWNERS
from suite.run.provinces import STANDARD
from suite.run.seed import is_seeded
from suite.run.seed import seed as fill
from suite.run.signing import lay_signing_folders

app = typer.Typer(
    help="Bring databases up to date and fill a province, where containers run the services",
    no_args_is_help=True,
)
Folder = Annotated[Path, typer.Option("--secrets", help="the folder of secrets", envvar="MOTCUA_SECRETS")]


@app.command("migrate")
def migrate(
    folder: Folder = Path("/run/secrets"),
    only: Annotated[list[str] | None, typer.Option(help="a service that runs here; default: all")] = None,
) -> None:
    """Make roles and databases that are missing, and bring the tables of the services up to date."""
    services = only or OWNERS
    plan = installation(folder)
    admin = partial(database_address, Settings().server or plan.admin_dsn)
    asyncio.run(prepare_databases(admin, plan, typer.echo, services))
    lay_signing_folders(plan, services)


@app.command("seed")
def seed(folder: Folder = Path("/run/secrets")) -> None:
    """Fill a new province with its demonstration data; whatever exists already stays as people left it."""
    plan = installation(folder).of_profile(os.environ.get("MOTCUA_PROFILE", STANDARD))
    if not is_seeded(plan):
        asyncio.run(fill(plan, _told))


def _told(step: str, share: float) -> None:
    if share in (0, 1):
        typer.echo(f"{step} {share:.0%}")
