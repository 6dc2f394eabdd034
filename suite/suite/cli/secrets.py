"""`motcua secrets init|cluster`: make every password and key of an installation, once, and hand them to a cluster."""

from pathlib import Path
from typing import Annotated

import typer

from suite.deploy.cluster.objects import written
from suite.deploy.cluster.secret_objects import secret_objects
from suite.deploy.secret_files import lay_secrets

app = typer.Typer(help="Make the passwords and keys of an installation in containers", no_args_is_help=True)


@app.command("init")
def init(
    folder: Annotated[
        Path, typer.Option(help="where they are kept; keep a copy in a safe, not in a repository")
    ] = Path("secrets"),
) -> None:
    """Make what is missing; what exists stays as it is, so that a running province keeps its passwords."""
    for name in lay_secrets(folder):
        typer.echo(f"{folder}/{name}")
    typer.echo("Next: docker compose up --wait")


@app.command("cluster")
def cluster(
    folder: Annotated[Path, typer.Option(help="where `init` made them")] = Path("secrets"),
    keys: Annotated[bool, typer.Option(help="with the sealing key of identity, made when missing")] = False,
) -> None:
    """Print them as Secrets for `kubectl apply -f -`; what is printed is for nobody's eyes and no repository."""
    lay_secrets(folder)
    for one in secret_objects(folder, keys=keys):
        typer.echo(f"---\n{written(one)}", nl=False)
