"""`motcua topology apply`: declare exchanges and queues before any service needs them."""

import asyncio
from typing import Annotated

import typer
from common.topology import apply_topology

from suite.run.layout import OWNERS, listens

app = typer.Typer(help="Declare exchanges and queues on RabbitMQ", no_args_is_help=True)


@app.callback()
def topology() -> None:
    """Keep `apply` a subcommand of its own."""


@app.command("apply")
def apply(amqp: Annotated[str, typer.Option(envvar="MOTCUA_AMQP_URL", help="address of the broker")]) -> None:
    """Declare everything; repeating it changes nothing."""
    subscribers = {name: listens(name) for name in OWNERS if listens(name)}
    asyncio.run(apply_topology(amqp, subscribers))
    for name, types in subscribers.items():
        typer.echo(f"motcua.{name}: {', '.join(types)}")
