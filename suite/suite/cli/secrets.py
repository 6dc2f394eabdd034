"""`motcua secrets init`: make every password and key of an installation in containers, once."""

from pathlib import Path
from typing import Annotated

import typer

from suite.deploy.secret_files import lay_secrets

app = typer.Typer(help="Make the passwords and keys of an installation in containers", no_args_is_help=True)


@app.callback()
def secrets() -> None:
    """Keep `init` a subcommand of its own."""


@app.command("init")
def init(
    folder: Annotated[
        Path, typer.Option(help="where they are kept; keep a copy in a safe, not in a repository")
    ] = Path("secrets"),
) -> None:
    """Make what is missing; what exists stays as it is, so that a running province keeps its passwords."""
    for name in lay_secrets(folder):
        typer.echo(f"{folder}/{name}")
