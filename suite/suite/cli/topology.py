"""`motcua topology apply`: declare exchanges and queues before any service needs them."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer
from aio_pika.exceptions import AMQPConnectionError, AuthenticationError, ProbableAuthenticationError
from common.topology import apply_topology

from suite.run.layout import OWNERS, listens

SETTLED = 2.0
"""Seconds after which a new queue outlives its broker's death; one that is younger may come back without a leader."""
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
    wait: Annotated[float, typer.Option(min=0, help="seconds a broker that is starting gets")] = 300.0,
) -> None:
    """Declare everything, and return when it would outlive a crash of the broker; repeating it changes nothing."""
    if not (address := amqp or (file.read_text("utf-8").strip() if file else "")):
        raise typer.BadParameter("give the broker's address with --amqp or --file")
    subscribers = {name: listens(name) for name in OWNERS if listens(name)}
    asyncio.run(_applied(address, subscribers, wait))
    for name, types in subscribers.items():
        typer.echo(f"motcua.{name}: {', '.join(types)}")


async def _applied(address: str, subscribers: Mapping[str, Sequence[str]], wait: float) -> None:
    """Declare everything as soon as the broker answers; a password it does not know is told at once."""
    until = time.monotonic() + wait
    while True:
        try:
            await apply_topology(address, subscribers)
            return await asyncio.sleep(SETTLED)
        except (AuthenticationError, ProbableAuthenticationError):
            raise
        except (AMQPConnectionError, OSError) as away:
            if time.monotonic() >= until:
                raise typer.BadParameter(f"the broker did not answer in {wait:.0f} s: {away}") from away
            await asyncio.sleep(1)
