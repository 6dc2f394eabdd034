"""`motcua demo`: play the main job against the running suite."""

import sys
import time
from typing import Annotated

import typer
from rich.console import Console

from suite.demo.actors import JourneyError
from suite.demo.journey import MainJob
from suite.run.running import NotRunningError, running

app = typer.Typer()


@app.command()
def demo(times: Annotated[int, typer.Option(min=1, max=100, help="how many dossiers")] = 1) -> None:
    """Play the main job, printing each step, the dossier code, the explained due date and the PDF files."""
    console = Console()
    try:
        plan, _ = running()
    except NotRunningError as problem:
        print(problem, file=sys.stderr)  # noqa: T201
        raise typer.Exit(1) from None

    def say(title: str, what: str) -> None:
        console.print(f"[bold]{title:<20}[/bold]{what}" if title else f"{'':<20}{what}", highlight=False)

    for _ in range(times):
        started = time.perf_counter()
        try:
            MainJob(plan.public_url, plan.folder / "demo", say, plan.profile).play()
        except JourneyError as problem:
            print(f"The journey stopped: {problem}", file=sys.stderr)  # noqa: T201
            raise typer.Exit(1) from None
        say("Xong", f"cả hành trình trong {time.perf_counter() - started:.1f} s")
