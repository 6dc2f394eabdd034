"""`motcua seed`: fill the running suite with what the demonstration province lacks."""

import asyncio
import sys

import typer
from rich.console import Console

from suite.cli.progress import Steps
from suite.run.running import NotRunningError, running
from suite.run.seed import seed as fill

app = typer.Typer()


@app.command()
def seed() -> None:
    """Add catalogue, agencies, procedures and accounts that are missing; what exists stays as people left it."""
    try:
        plan, _ = running()
    except NotRunningError as problem:
        print(problem, file=sys.stderr)  # noqa: T201
        raise typer.Exit(1) from None
    with Steps(Console(stderr=True)) as steps:
        asyncio.run(fill(plan, steps.report))
