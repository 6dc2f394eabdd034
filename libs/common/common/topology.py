"""What must exist on the broker before the first event: declared at deploy time, never by a running service."""

from collections.abc import Mapping, Sequence

import aio_pika
from aio_pika import ExchangeType
from aiormq.abc import FieldTable

EXCHANGE = "motcua.events"
DIRECT = "motcua.direct"
UNHEARD = "motcua.unheard"
DEAD = "motcua.dead"
# Only crashes of a consumer count towards it: our consumer judges no content, so it need not be tight.
DELIVERY_LIMIT = 50


def queue_of(service: str, instance: str = "") -> str:
    """Name the queue of a service; an instance that stands apart has one of its own."""
    return f"motcua.{service}.{instance}".rstrip(".")


def direct_key(topic: str, service: str) -> str:
    """Write the key by which an event reaches one service alone: its topic, which holds its sender, then its reader."""
    return f"{topic}.@{service}"


def topic_of(exchange: str, key: str) -> str | None:
    """Return the topic an event came under; None when it was put into its queue past every topic."""
    return (key.partition(".@")[0] if exchange == DIRECT else key) if exchange else None


async def apply_topology(amqp_url: str, listens: Mapping[str, Sequence[str]]) -> None:
    """Declare exchanges, unheard events, dead letters and one quorum queue per service; safe to repeat.

    `listens` maps each service to the event types it wants.
    """
    connection = await aio_pika.connect(amqp_url, timeout=10)
    async with connection:
        channel = await connection.channel()
        # An event nobody listens to yet must not block its sender: it goes here, and can still be found a week later.
        spare = await channel.declare_exchange(UNHEARD, ExchangeType.FANOUT, durable=True)
        await (await channel.declare_queue(UNHEARD, durable=True, arguments=_KEPT)).bind(spare)
        exchange = await channel.declare_exchange(
            EXCHANGE, ExchangeType.TOPIC, durable=True, arguments={"alternate-exchange": UNHEARD}
        )
        direct = await channel.declare_exchange(DIRECT, ExchangeType.TOPIC, durable=True)
        letters = await channel.declare_exchange(DEAD, ExchangeType.FANOUT, durable=True)
        graveyard = await channel.declare_queue(DEAD, durable=True, arguments={"x-queue-type": "quorum"})
        await graveyard.bind(letters)
        for service, types in listens.items():
            queue = await channel.declare_queue(queue_of(service), durable=True, arguments=QUORUM)
            for type_ in types:
                await queue.bind(exchange, f"{type_}.#")
            await queue.bind(direct, direct_key("#", service))


QUORUM: FieldTable = {
    "x-queue-type": "quorum",
    "x-delivery-limit": DELIVERY_LIMIT,
    "x-dead-letter-exchange": DEAD,
    "x-dead-letter-strategy": "at-least-once",
    "x-overflow": "reject-publish",
}
_KEPT: FieldTable = {"x-queue-type": "stream", "x-max-age": "7D", "x-max-length-bytes": 500_000_000}
