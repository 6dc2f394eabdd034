"""Events go straight into the subscribers' inbox tables: no broker needed."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import asyncpg
import structlog

from common.carriers.base import Delivery, Outbound, Store
from common.inbox import Arrival, store

_PATIENCE = 5.0  # seconds a subscriber's database may take for one batch
_SLOWEST_PROBE = 5.0
log = structlog.get_logger()


@dataclass(frozen=True)
class SubscriberTarget:
    """Where a subscriber's inbox is and which event types it wants; no types means every type."""

    dsn: str
    types: tuple[str, ...] = ()


class _Inbox:
    """One subscriber's inbox, with the memory of how it did lately."""

    def __init__(self, name: str, target: SubscriberTarget) -> None:
        self.name = name
        self.types = frozenset(target.types)
        self._dsn = target.dsn
        self._connection: asyncpg.Connection | None = None
        self._lock = asyncio.Lock()
        self._failures = 0
        self._probe_at = 0.0
        self.behind = True  # older events may wait for it: newer ones queue behind them

    def wants(self, row: Outbound) -> bool:
        return (not self.types or row.type in self.types) if row.only is None else self.name in row.only

    def worth_trying(self) -> bool:
        return self._failures == 0 or time.monotonic() >= self._probe_at

    async def put(self, rows: Sequence[Outbound]) -> bool:
        """Insert and wake the subscriber; False when it cannot be known that it took them."""
        try:
            async with asyncio.timeout(_PATIENCE), self._lock:
                connection = await self._connected()
                await store(
                    connection, [Arrival(row.id, row.type, row.envelope_json) for row in rows], wake=True
                )
        except Exception as error:  # whatever it was, only this subscriber has to wait for it
            self._failed(error)
            return False
        self._failures = 0
        return True

    async def _connected(self) -> asyncpg.Connection:
        if self._connection is None or self._connection.is_closed():
            self._connection = await asyncpg.connect(self._dsn, timeout=2, command_timeout=_PATIENCE)
        return self._connection

    def _failed(self, error: Exception) -> None:
        self._failures += 1
        self._probe_at = time.monotonic() + min(0.25 * 2.0 ** min(self._failures, 9), _SLOWEST_PROBE)
        self.drop()
        log.warning("subscriber unreachable", subscriber=self.name, error=type(error).__name__)

    def drop(self) -> None:
        if self._connection is not None:
            self._connection.terminate()
            self._connection = None


class PostgresCarrier:
    """Inserts into each subscriber's inbox; a subscriber that is down makes only its own events wait."""

    def __init__(self, subscribers: Mapping[str, SubscriberTarget]) -> None:
        self._inboxes = {name: _Inbox(name, target) for name, target in subscribers.items()}

    def reachable(self) -> list[str] | None:
        """Name the subscribers not known to be down, and those whose next probe is due."""
        return [name for name, inbox in self._inboxes.items() if inbox.worth_trying()]

    def caught_up(self, names: Sequence[str]) -> None:
        """Note that nothing older waits for these subscribers."""
        for name in names:
            self._inboxes[name].behind = False

    async def deliver(self, rows: Sequence[Outbound]) -> Delivery:
        """Insert a batch into every inbox that wants it, all inboxes at once."""
        wanted = {inbox: [row for row in rows if inbox.wants(row)] for inbox in self._inboxes.values()}
        missing: dict[str, list[Outbound]] = {}
        await asyncio.gather(
            *(self._hand_over(inbox, part, missing) for inbox, part in wanted.items() if part)
        )
        delivery = Delivery()
        waiting: dict[object, list[str]] = {}
        for name, left in missing.items():
            for row in left:
                waiting.setdefault(row.id, []).append(name)
        for row in rows:
            if row.id in waiting:
                delivery.waiting[row.id] = tuple(waiting[row.id])
            else:
                delivery.done.append(row.id)
        return delivery

    async def _hand_over(
        self, inbox: _Inbox, wanted: list[Outbound], missing: dict[str, list[Outbound]]
    ) -> None:
        overtakes = inbox.behind and wanted[0].only is None
        if overtakes or not inbox.worth_trying() or not await inbox.put(wanted):
            inbox.behind = True
            missing[inbox.name] = wanted

    async def receive(self, service: str, store: Store, stop: asyncio.Event) -> None:
        """Wait: the events' senders insert into the inbox themselves."""
        await stop.wait()

    async def close(self) -> None:
        """Close the connections to the subscribers."""
        for inbox in self._inboxes.values():
            inbox.drop()
