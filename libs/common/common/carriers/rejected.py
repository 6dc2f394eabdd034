"""Messages the broker holds as dead: no event at all, or one that ended its reader too often before it was kept."""

import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aio_pika
from aio_pika.abc import AbstractIncomingMessage
from aio_pika.exceptions import AMQPError

from common.topology import DEAD, queue_of

_TIMEOUT = 10.0
_OWN = "motcua-death"  # what the broker noted about a death, on the copy that stays
_TYPE = re.compile(r"[a-z_]+\.[a-z_]+\.v\d+")


@dataclass(frozen=True)
class Rejected:
    """One dead message, told without anything its sender may have written into it; `size` in bytes, time in UTC."""

    id: uuid.UUID | None
    type: str | None
    queue: str | None
    reason: str | None
    dead_at: datetime | None
    size: int


async def rejected_count(amqp_url: str) -> int | None:
    """Count the dead messages of all services without touching them; None when the broker does not answer."""
    try:
        connection = await aio_pika.connect(amqp_url, timeout=_TIMEOUT)
        async with connection:
            dead = await (await connection.channel()).declare_queue(DEAD, passive=True, timeout=_TIMEOUT)
            return dead.declaration_result.message_count
    except (OSError, TimeoutError, AMQPError):
        return None


async def rejected(amqp_url: str, service: str) -> list[Rejected]:
    """List the dead messages of a service's queue and of its instances' queues, oldest first."""
    found: list[Rejected] = []

    def note(letter: Rejected) -> bool:
        if _is_of(letter, service):
            found.append(letter)
        return False

    await _walk(amqp_url, note)
    return found


async def resend(
    amqp_url: str, service: str, ids: Sequence[uuid.UUID] | None = None, type_: str | None = None
) -> int:
    """Put dead messages back into the service's queue: all, those named, or those of a type; returns how many.

    One that is no event comes back among the dead.
    """

    def chosen(letter: Rejected) -> bool:
        wanted = (ids is None or letter.id in ids) and (type_ is None or letter.type == type_)
        return wanted and _is_of(letter, service)

    return await _walk(amqp_url, chosen)


async def _walk(amqp_url: str, chosen: Callable[[Rejected], bool]) -> int:
    connection = await aio_pika.connect(amqp_url, timeout=_TIMEOUT)
    count = 0
    async with connection:
        channel = await connection.channel(on_return_raises=True)
        dead = await channel.declare_queue(DEAD, passive=True, timeout=_TIMEOUT)
        for _ in range(dead.declaration_result.message_count or 0):
            message = await dead.get(fail=False, timeout=_TIMEOUT)
            if message is None:
                break
            letter = _letter(message)
            goes = chosen(letter)
            # Those that stay are put there anew: given back often enough, a message is dropped by some brokers.
            await channel.default_exchange.publish(
                _copy(message, {} if goes else {_OWN: _death(message)}),
                (letter.queue if goes else None) or DEAD,
                timeout=_TIMEOUT,
            )
            await message.ack()
            count += goes
    return count


def _is_of(letter: Rejected, service: str) -> bool:
    """Tell whether a service's queue, or that of an instance that stands apart, held the message."""
    return f"{letter.queue}.".startswith(f"{queue_of(service)}.")


def _copy(message: AbstractIncomingMessage, headers: Mapping[str, Any]) -> aio_pika.Message:
    return aio_pika.Message(
        message.body,
        headers=dict(headers),
        content_type=message.content_type,
        delivery_mode=aio_pika.DeliveryMode.PERSISTENT,
        message_id=message.message_id,
        type=message.type,
    )


def _death(message: AbstractIncomingMessage) -> dict[str, Any]:
    headers: Mapping[str, Any] = message.headers
    deaths = headers.get("x-death") or [headers.get(_OWN) or {}]
    return {key: deaths[0][key] for key in ("queue", "reason", "time") if key in deaths[0]}


def _letter(message: AbstractIncomingMessage) -> Rejected:
    death = _death(message)
    try:
        id_ = uuid.UUID(message.message_id or "")
    except ValueError:
        id_ = None
    type_ = message.type if _TYPE.fullmatch(message.type or "") else None
    return Rejected(id_, type_, death.get("queue"), death.get("reason"), death.get("time"), len(message.body))
