"""`motcua down`: stop the suite that runs here."""

import os
import signal
import sys
import time

import psutil
import typer

from suite.run.running import NotRunningError, running

app = typer.Typer()


@app.command()
def down() -> None:
    """Ask the supervisor to stop everything it started, and wait for it."""
    try:
        _, pid = running()
    except NotRunningError as problem:
        print(problem, file=sys.stderr)  # noqa: T201
        raise typer.Exit(1) from None
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + 60
    while psutil.pid_exists(pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    raise typer.Exit(1 if psutil.pid_exists(pid) else 0)
