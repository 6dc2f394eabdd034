"""`motcua topology apply`: declare exchanges and queues before any service needs them."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from common.topology import apply_topology

from suite.run.layout import OWNERS, listens

app = typer.Typer(help="Declare exchanges and queues on RabbitMQ", no_args_is_help=True)


@app.callback()
def topology() -> None:
    """Keep `apply` a subcommand of its own."""


@app.command("apply")
def apply(
    amqp: Annotated[str, typer.Option(envvar="MOTCUA_AMQP_URL", help="address of the broker")] = "",
    file: Annotated[
        Path | None, typer.Option(envvar="MOTCUA_AMQP_URL_FILE", help="file that holds the address")
    ] = None,
) -> None:
    """Declare everything; repeating it changes nothing."""
    if not (address := amqp or (file.read_text("utf-8").strip() if file else "")):
        raise typer.BadParameter("give the broker's address with --amqp or --file")
    subscribers = {name: listens(name) for name in OWNERS if listens(name)}
    asyncio.run(apply_topology(address, subscribers))
    for name, types in subscribers.items():
        typer.echo(f"motcua.{name}: {', '.join(types)}")
