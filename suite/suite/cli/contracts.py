"""`motcua contracts`: write what the suite promises to programs, or check that nothing has drifted."""

from typing import Annotated

import typer

from suite.check.contracts import drift, write
from suite.run.places import checkout

app = typer.Typer()


@app.command()
def contracts(
    check: Annotated[bool, typer.Option("--check", help="only compare; exit 1 on drift")] = False,
) -> None:
    """Write OpenAPI, JSON Schema and AsyncAPI under `contracts/`."""
    folder = checkout() / "contracts"
    folder.mkdir(exist_ok=True)
    changed = drift(folder) if check else write(folder)
    for name in changed:
        typer.echo(f"{'differs' if check else 'written'}: contracts/{name}")
    if check and changed:
        typer.echo("The code promises something else than contracts/; run: make contracts", err=True)
        raise typer.Exit(1)
