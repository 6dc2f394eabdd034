"""`motcua user`: what only whoever runs the machine can do for an account."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from common.clock import utc_now
from common.database import Database
from identity.main import ring_kept_in, unlock

from suite.deploy.containers import installation
from suite.run.layout import Plan
from suite.run.running import NotRunningError, running

app = typer.Typer(help="Let the owner of a locked account in again", no_args_is_help=True)
Login = Annotated[
    str, typer.Argument(help="sign-in name, e-mail, telephone or personal number, as people type it")
]
Secrets = Annotated[
    Path | None, typer.Option("--secrets", help="the folder of secrets, where containers run the services")
]


@app.callback()
def user() -> None:
    """Look after accounts."""


@app.command("unlock")
def unlock_user(login: Login, secrets: Secrets = None) -> None:
    """Forget the failures that lock an account; passwords and second factors stay. Exit 1 where nobody has the name."""
    try:
        plan: Plan = installation(secrets) if secrets else running()[0]
    except NotRunningError as problem:
        raise typer.BadParameter(str(problem)) from None
    keys = secrets or plan.folder / "keys" / "identity"
    if not asyncio.run(_unlock(plan, login, keys)):
        typer.echo("no account has this name", err=True)
        raise typer.Exit(1)
    typer.echo("unlocked; the access log of the account says so")


async def _unlock(plan: Plan, login: str, keys: Path) -> bool:
    database = Database(plan.dsn("identity"))
    database.ring = ring_kept_in(keys)
    try:
        return await unlock(database, login, utc_now())
    finally:
        await database.dispose()
