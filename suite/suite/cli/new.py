"""`motcua new service NAME`: a working service to begin from, with a passing test."""

import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from suite.run.places import checkout

app = typer.Typer(help="Begin something new from a working skeleton", no_args_is_help=True)
SKELETON = Path(__file__).parents[1] / "skeleton"
STANDS_FOR = "skeleton"
NEXT = """services/{name} stands. What follows from it:
  make tools                              # its package into .venv
  .venv/bin/motcua contracts              # import contracts, type paths, routes, contracts/
  .venv/bin/python -m pytest services/{name}
  .venv/bin/motcua migrations seal        # once its first tables are right: from then on they change by migrations"""


@app.callback()
def new() -> None:
    """Keep `service` a subcommand of its own."""


def copy_skeleton(name: str, services: Path) -> Path:
    """Copy the skeleton under a new name and return its folder.

    Raises:
        FileExistsError: there is a service of this name.
    """
    folder = services / name
    folder.mkdir()
    for source in sorted(SKELETON.rglob("*.txt")):
        place = folder / str(source.relative_to(SKELETON)).removesuffix(".txt").replace(STANDS_FOR, name)
        place.parent.mkdir(parents=True, exist_ok=True)
        text = source.read_text("utf-8").replace(STANDS_FOR, name)
        place.write_text(text.replace(STANDS_FOR.upper(), name.upper()), encoding="utf-8")
    return folder


@app.command()
def service(name: Annotated[str, typer.Argument(help="one lower-case English word")]) -> None:
    """Copy the skeleton to services/NAME and say what follows."""
    if not re.fullmatch(r"[a-z]{2,20}", name):
        raise typer.BadParameter("a service is one lower-case English word")
    try:
        copy_skeleton(name, checkout() / "services")
    except FileExistsError:
        print(f"services/{name} exists already", file=sys.stderr)  # noqa: T201
        raise typer.Exit(1) from None
    typer.echo(NEXT.format(name=name))
