"""What every carrier can do, whichever it is."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from common.inbox import Arrival

Store = Callable[[Sequence[Arrival]], Awaitable[None]]


class Outbound(NamedTuple):
    """One event on its way out; `only` names the subscribers still waiting for it, nothing means all."""

    id: uuid.UUID
    type: str
    routing_key: str
    envelope_json: str
    only: tuple[str, ...] | None = None


@dataclass
class Delivery:
    """What became of a batch: with everybody, or waiting for some; an id in neither is unknown and tried again."""

    done: list[uuid.UUID] = field(default_factory=list)
    waiting: dict[uuid.UUID, tuple[str, ...]] = field(default_factory=dict)


class Carrier(Protocol):
    """Takes events from an outbox to the inboxes of the subscribers, at least once."""

    async def deliver(self, rows: Sequence[Outbound]) -> Delivery:
        """Hand over a batch; says only what is certain."""
        ...

    def reachable(self) -> list[str] | None:
        """Name the subscribers worth trying now, nothing when the carrier need not know them."""
        ...

    def caught_up(self, names: Sequence[str]) -> None:
        """Learn that nothing older waits for these subscribers."""
        ...

    async def receive(self, service: str, store: Store, stop: asyncio.Event) -> None:
        """Store what arrives for a service until told to stop."""
        ...

    async def close(self) -> None:
        """Close every connection."""
        ...
