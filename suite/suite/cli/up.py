"""`motcua up`: start the suite and keep it running until Ctrl-C."""

import os
import sys
from datetime import UTC, datetime
from typing import Annotated

import typer
from regulation import profiles
from rich.console import Console

from suite.backup.installation import installation_at
from suite.backup.keeper import keep
from suite.backup.restoring import unfinished
from suite.backup.sealing import KeyLostError
from suite.backup.standing import note_trouble
from suite.cli.progress import Steps
from suite.demo.welcome import welcome
from suite.run.layout import NewerStateError, Plan
from suite.run.places import state_folder
from suite.run.processes import StartError
from suite.run.supervisor import Options, Supervisor

app = typer.Typer()


async def keeper(plan: Plan, admin: str) -> None:
    """Keep the copies of the province that runs here."""
    try:
        place = installation_at(plan.folder, plan.files_url, plan.profile, plan.heads_url)
    except KeyLostError as problem:
        note_trouble(plan.folder, str(problem), datetime.now(UTC))
        raise SystemExit(str(problem)) from None
    await keep(place, admin)


COPIED = Options(beside={"keeper": keeper})


@app.command()
def up(
    profile: Annotated[str, typer.Option(help="regulation profile, see: motcua profile list")] = "ninh-binh",
    port: Annotated[int, typer.Option(help="port of the portal")] = 8080,
    *,
    distributed: Annotated[
        bool, typer.Option(help="one api and one worker per service, over RabbitMQ")
    ] = False,
    amqp: Annotated[
        str | None, typer.Option(help="address of a RabbitMQ to use; none starts a private one")
    ] = None,
    quiet: Annotated[bool, typer.Option(help="no progress bars")] = False,
    backup: Annotated[
        bool, typer.Option(envvar="MOTCUA_BACKUP", help="keep copies, as the profile says how often")
    ] = True,
) -> None:
    """Start everything, show progress, print addresses, and keep it running until Ctrl-C."""
    console = _alone(quiet)
    if profile not in profiles.NAMES:
        _refuse(f"There is no profile '{profile}'; choose one of: {', '.join(profiles.NAMES)}")
    if unfinished(state_folder()):
        _refuse("A restore was cut short here; finish it first: motcua backup restore")
    options = COPIED if backup else Options()
    supervisor = Supervisor(
        state_folder(), port, profile, distributed=distributed, amqp_url=amqp, options=options
    )
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


def _alone(quiet: bool) -> Console:
    """Keep what is written for its owner alone; folders that servers pass through are opened one by one."""
    os.umask(0o077)
    return Console(stderr=True, quiet=quiet)


def _refuse(sentence: str) -> None:
    """Say in one sentence why nothing was started, and leave."""
    print(sentence, file=sys.stderr)  # noqa: T201
    raise typer.Exit(1)
