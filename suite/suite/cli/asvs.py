"""`motcua asvs`: write which items of the OWASP ASVS a test proves, or check that the page has not drifted."""

from typing import Annotated

import typer

from suite.check.asvs import PAGE, ClaimError, written
from suite.run.places import checkout

app = typer.Typer(rich_markup_mode=None)


@app.command()
def asvs(
    check: Annotated[bool, typer.Option("--check", help="only compare; exit 1 on drift")] = False,
) -> None:
    """Write docs/security/asvs.md from the tests."""
    path = checkout() / PAGE
    try:
        told = written(checkout())
    except ClaimError as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from problem
    if not check:
        path.write_text(told, encoding="utf-8")
    elif not path.is_file() or path.read_text(encoding="utf-8") != told:
        typer.echo(f"The tests prove something else than {PAGE}; run: motcua asvs", err=True)
        raise typer.Exit(1)
