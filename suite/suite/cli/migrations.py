"""`motcua migrations`: seal the migrations of all services, or check that no sealed one was touched."""

import sys

import typer

from suite.check.migrations import BrokenSealError, breaches
from suite.check.migrations import seal as seal_all
from suite.run.places import checkout

app = typer.Typer(help="Seal migrations and check the seals", no_args_is_help=True)


@app.command()
def seal() -> None:
    """Record the hash of every new migration; from then on it is never edited."""
    try:
        new = seal_all(checkout())
    except BrokenSealError as problem:
        print(problem, file=sys.stderr)  # noqa: T201
        raise typer.Exit(1) from None
    typer.echo("\n".join(f"sealed: {name}" for name in new) or "nothing new")


@app.command()
def check() -> None:
    """Exit 1 when a sealed migration was changed or is gone, or a new one is not sealed."""
    found = breaches(checkout())
    for one in found:
        typer.echo(f"{one.file}: {one.what}")
    raise typer.Exit(1 if found else 0)
