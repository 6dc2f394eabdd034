"""`motcua roles`: write the table of who may do what, or check that it has not drifted."""

from typing import Annotated

import typer

from suite.check.roles import table
from suite.run.places import checkout

app = typer.Typer()


@app.command()
def roles(
    check: Annotated[bool, typer.Option("--check", help="only compare; exit 1 on drift")] = False,
) -> None:
    """Write who may do what under `docs/roles.md`."""
    path = checkout() / "docs" / "roles.md"
    if not check:
        path.write_text(table(), encoding="utf-8")
    elif not path.is_file() or path.read_text(encoding="utf-8") != table():
        typer.echo("The policy says something else than docs/roles.md; run: motcua roles", err=True)
        raise typer.Exit(1)
