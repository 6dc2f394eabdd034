"""What must exist on the broker before the first event: declared at deploy time, never by a running service."""

from collections.abc import Mapping, Sequence

import aio_pika
from aio_pika import ExchangeType
from aiormq.abc import FieldTable

EXCHANGE = "motcua.events"
ARCHIVE = "motcua.log"
DEAD = "motcua.dead"
# Only crashes of a consumer count towards it: our consumer judges no content, so it need not be tight.
DELIVERY_LIMIT = 50


def queue_of(service: str) -> str:
    """Name the queue of a service."""
    return f"motcua.{service}"


async def apply_topology(amqp_url: str, listens: Mapping[str, Sequence[str]]) -> None:
    """Declare exchange, archive, dead letters and one quorum queue per service; safe to repeat.

    `listens` maps each service to the event types it wants.
    """
    connection = await aio_pika.connect(amqp_url, timeout=10)
    async with connection:
        channel = await connection.channel()
        exchange = await channel.declare_exchange(EXCHANGE, ExchangeType.TOPIC, durable=True)
        # The archive takes every event, so none is unroutable and `mandatory` still finds a broken topology.
        archive: FieldTable = {
            "x-queue-type": "stream",
            "x-max-age": "30D",
            "x-max-length-bytes": 2_000_000_000,
        }
        await (await channel.declare_queue(ARCHIVE, durable=True, arguments=archive)).bind(exchange, "#")
        letters = await channel.declare_exchange(DEAD, ExchangeType.FANOUT, durable=True)
        graveyard = await channel.declare_queue(DEAD, durable=True, arguments={"x-queue-type": "quorum"})
        await graveyard.bind(letters)
        for service, types in listens.items():
            queue = await channel.declare_queue(queue_of(service), durable=True, arguments=_QUORUM)
            for type_ in types:
                await queue.bind(exchange, f"{type_}.#")


_QUORUM: FieldTable = {
    "x-queue-type": "quorum",
    "x-delivery-limit": DELIVERY_LIMIT,
    "x-dead-letter-exchange": DEAD,
    "x-dead-letter-strategy": "at-least-once",
    "x-overflow": "reject-publish",
}
