"""`motcua workbench`: the page that keeps a demonstration's mails, in a container of its own."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from suite.run.workbench import serve

app = typer.Typer()


@app.command()
def workbench(
    folder: Annotated[Path, typer.Option(help="where mails are kept")],
    host: Annotated[str, typer.Option(help="address to listen on; 0.0.0.0 in a container")] = "127.0.0.1",
    smtp_port: Annotated[int, typer.Option(help="port that takes mail")] = 1025,
    page_port: Annotated[int, typer.Option(help="port of the page")] = 8025,
) -> None:
    """Take mail and show it until the process is told to stop."""
    asyncio.run(serve(folder, smtp_port, page_port, host))
