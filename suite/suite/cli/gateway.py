"""`motcua gateway run`: the edge in a container of its own."""

from pathlib import Path
from typing import Annotated, Final

import typer
from gateway.main import run as run_edge

app = typer.Typer(
    help="Run the edge: Envoy, configured from the routes of all services", no_args_is_help=True
)
DRAIN: Final = 5.0


@app.callback()
def gateway() -> None:
    """Keep `run` a subcommand of its own."""


@app.command("run")
def run(
    folder: Annotated[Path, typer.Option(help="where Envoy's files are written")] = Path("/tmp/envoy"),  # noqa: S108
    drain: Annotated[
        float, typer.Option(min=0, help="seconds to answer on after SIGTERM", envvar="MOTCUA_DRAIN")
    ] = DRAIN,
) -> None:
    """Run Envoy until SIGTERM; a change of MOTCUA_GATEWAY_FILE takes effect at once and breaks no connection."""
    raise typer.Exit(run_edge(folder, drain))
