"""`motcua service NAME`: one service in this process, told everything by its environment, as a container runs it."""

import asyncio
from typing import Annotated

import typer
import uvloop

from suite.run.forks import Role, serve
from suite.run.layout import SERVICES
from suite.run.manifest import Probes
from suite.run.processes import PortTakenError

PROBES = Probes()
app = typer.Typer()


@app.command()
def service(
    name: Annotated[str, typer.Argument(help=", ".join(SERVICES))],
    role: Annotated[Role, typer.Argument(help="api, worker or both")] = "both",
    *,
    host: Annotated[
        str, typer.Option(help="address the API listens on; 0.0.0.0 in a container")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="port of the API; a worker has none")] = PROBES.port,
    watch: Annotated[
        int, typer.Option(help="port of health and metrics, for those who watch")
    ] = PROBES.watch,
    drain: Annotated[
        float, typer.Option(min=0, help="seconds to answer on, unready, after SIGTERM", envvar="MOTCUA_DRAIN")
    ] = 5,
) -> None:
    """Run until SIGTERM; be unready while others turn away, then finish requests and handlers that have begun."""
    if name not in SERVICES:
        raise typer.BadParameter(f"there is no service '{name}'; choose one of: {', '.join(SERVICES)}")
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(serve(name, role, port, watch, host=host, drain=drain))
    except PortTakenError as problem:
        typer.echo(problem, err=True)
        raise typer.Exit(1) from None
