"""`motcua up`: start the suite and keep it running until Ctrl-C."""

import sys
from typing import Annotated

import typer
from regulation import profiles
from rich.console import Console

from suite.cli.progress import Steps
from suite.demo.welcome import welcome
from suite.run.layout import NewerStateError
from suite.run.places import state_folder
from suite.run.processes import StartError
from suite.run.supervisor import Supervisor

app = typer.Typer()


@app.command()
def up(
    profile: Annotated[str, typer.Option(help="regulation profile, see: motcua profile list")] = "ninh-binh",
    port: Annotated[int, typer.Option(help="port of the portal")] = 8080,
    distributed: Annotated[
        bool, typer.Option(help="one api and one worker per service, over RabbitMQ")
    ] = False,
    amqp: Annotated[
        str | None, typer.Option(help="address of a RabbitMQ to use; none starts a private one")
    ] = None,
    quiet: Annotated[bool, typer.Option(help="no progress bars")] = False,
) -> None:
    """Start everything, show progress, print addresses, and keep it running until Ctrl-C."""
    console = Console(stderr=True, quiet=quiet)
    if profile not in profiles.NAMES:
        _refuse(f"There is no profile '{profile}'; choose one of: {', '.join(profiles.NAMES)}")
    supervisor = Supervisor(state_folder(), port, profile, distributed=distributed, amqp_url=amqp)
    try:
        supervisor.check()
    except (StartError, NewerStateError) as problem:
        _refuse(str(problem))
    try:
        with Steps(console) as steps:
            supervisor.start(steps.report)
        Console().print(welcome(supervisor.plan))
        supervisor.watch()
    except StartError as problem:
        _refuse(str(problem))
    finally:
        console.print("Stopping …")
        supervisor.stop()


def _refuse(sentence: str) -> None:
    """Say in one sentence why nothing was started, and leave."""
    print(sentence, file=sys.stderr)  # noqa: T201
    raise typer.Exit(1)
