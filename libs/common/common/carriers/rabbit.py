"""Events go over RabbitMQ: confirmed on the way in, acknowledged once the inbox has them."""

import asyncio
import uuid
from collections.abc import Sequence

import aio_pika
import asyncpg
import structlog
from aio_pika.abc import AbstractChannel, AbstractConnection, AbstractExchange, AbstractIncomingMessage
from aio_pika.exceptions import AMQPError
from aiormq.exceptions import AMQPException

from common.carriers.base import Delivery, Outbound, Store
from common.inbox import Arrival
from common.topology import EXCHANGE, queue_of

_TIMEOUT = 5.0
_BATCH = 100
_PREFETCH = 400
_WATCH = 15.0  # seconds of silence after which the broker is asked whether we are still its consumer
_TROUBLE = (OSError, TimeoutError, AMQPError, AMQPException, RuntimeError)
log = structlog.get_logger()


class RabbitCarrier:
    """Publishes with confirms to one topic exchange and reads one quorum queue per service."""

    def __init__(self, amqp_url: str) -> None:
        self._url = amqp_url
        self._connection: AbstractConnection | None = None
        self._exchange: AbstractExchange | None = None
        self._default: AbstractExchange | None = None

    def reachable(self) -> list[str] | None:
        """Name nobody: the exchange knows who listens."""
        return None

    def caught_up(self, names: Sequence[str]) -> None:
        """Need not know: each queue keeps its own order."""

    async def deliver(self, rows: Sequence[Outbound]) -> Delivery:
        """Publish a batch and wait for its confirms; a missing confirm means unknown, so it is sent again."""
        try:
            await self._open()
        except _TROUBLE as error:
            await self._lost(error)
            return Delivery()
        results = await asyncio.gather(*(self._publish(row) for row in rows), return_exceptions=True)
        failures = [result for result in results if isinstance(result, Exception)]
        if failures:
            await self._lost(failures[0])
        return Delivery([row.id for row, result in zip(rows, results, strict=True) if result is None])

    async def _publish(self, row: Outbound) -> None:
        assert self._exchange is not None
        assert self._default is not None
        message = aio_pika.Message(
            row.envelope_json.encode(),
            content_type="application/cloudevents+json",
            delivery_mode=aio_pika.DeliveryMode.PERSISTENT,
            message_id=str(row.id),
            type=row.type,
        )
        if row.only is None:
            await self._exchange.publish(message, row.routing_key, mandatory=True, timeout=_TIMEOUT)
            return
        for service in row.only:
            await self._default.publish(message, queue_of(service), mandatory=True, timeout=_TIMEOUT)

    async def _open(self) -> None:
        if self._exchange is not None:
            return
        async with asyncio.timeout(_TIMEOUT):
            self._connection = await aio_pika.connect(self._url, timeout=_TIMEOUT, heartbeat=10)
            channel = await self._connection.channel(publisher_confirms=True, on_return_raises=True)
            self._default = channel.default_exchange
            self._exchange = await channel.get_exchange(EXCHANGE, ensure=True)

    async def _lost(self, error: Exception) -> None:
        log.warning("broker unreachable", error=type(error).__name__)
        await self.close()

    async def receive(self, service: str, store: Store, stop: asyncio.Event) -> None:
        """Read the service's queue into its inbox until told to stop; raises when the connection is lost."""
        connection = await aio_pika.connect(self._url, timeout=_TIMEOUT, heartbeat=10)
        try:
            channel = await connection.channel(publisher_confirms=False)
            await channel.set_qos(prefetch_count=_PREFETCH)
            await _Receiver(channel, store).run(service, stop)
        finally:
            await _close(connection)

    async def ready(self, service: str) -> bool:
        """Say whether the broker answers and the topology is there."""
        connection = await aio_pika.connect(self._url, timeout=_TIMEOUT)
        try:
            channel = await connection.channel()
            await channel.get_exchange(EXCHANGE, ensure=True)
            await channel.get_queue(queue_of(service), ensure=True)
        finally:
            await _close(connection)
        return True

    async def close(self) -> None:
        """Close the publishing connection; the next batch opens a new one."""
        connection, self._connection, self._exchange = self._connection, None, None
        if connection is not None:
            await _close(connection)


class _Receiver:
    """One consumer on one channel: many small messages become few inbox transactions."""

    def __init__(self, channel: AbstractChannel, store: Store) -> None:
        self._channel = channel
        self._store = store
        self._arrived: asyncio.Queue[AbstractIncomingMessage | None] = asyncio.Queue()

    async def run(self, service: str, stop: asyncio.Event) -> None:
        self._channel.close_callbacks.add(self._end)
        queue = await self._channel.get_queue(queue_of(service), ensure=True)
        await queue.consume(self._arrived.put, timeout=_TIMEOUT)
        stopper = asyncio.create_task(self._end_on(stop))
        try:
            while not stop.is_set():
                messages = await self._next_batch(service)
                if messages is None:
                    break
                await self._keep(messages, stop)
        finally:
            stopper.cancel()
        if not stop.is_set():
            raise ConnectionError("the broker closed the channel")

    def _end(self, *_: object) -> None:
        self._arrived.put_nowait(None)

    async def _end_on(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._end()

    async def _next_batch(self, service: str) -> list[AbstractIncomingMessage] | None:
        while True:
            try:
                first = await asyncio.wait_for(self._arrived.get(), _WATCH)
                break
            except TimeoutError:
                await self._still_consuming(service)
        batch = [first]
        while len(batch) < _BATCH and batch[-1] is not None and not self._arrived.empty():
            batch.append(self._arrived.get_nowait())
        kept = [message for message in batch if message is not None]
        return kept if len(kept) == len(batch) else None

    async def _still_consuming(self, service: str) -> None:
        async with asyncio.timeout(_TIMEOUT):
            queue = await self._channel.declare_queue(queue_of(service), passive=True)
        if not queue.declaration_result.consumer_count:
            raise ConnectionError("the broker forgot this consumer")

    async def _keep(self, messages: Sequence[AbstractIncomingMessage], stop: asyncio.Event) -> None:
        arrivals: list[Arrival] = []
        for message in messages:
            arrival = _arrival(message)
            if arrival is None:
                await message.reject(requeue=False)
            else:
                arrivals.append(arrival)
        try:
            stored = await self._insist(arrivals, stop)
        except asyncpg.DataError:
            await self._keep_each(messages, stop)
            return
        good = [message for message in messages if not message.processed]
        if stored and good:
            await good[-1].ack(multiple=True)

    async def _keep_each(self, messages: Sequence[AbstractIncomingMessage], stop: asyncio.Event) -> None:
        """Find the message PostgreSQL cannot store and put it with the dead letters."""
        if len(messages) == 1:
            await messages[0].reject(requeue=False)
            return
        for message in messages:
            if not message.processed:
                await self._keep([message], stop)

    async def _insist(self, arrivals: Sequence[Arrival], stop: asyncio.Event) -> bool:
        # Giving messages back while the database is away would use up their delivery limit: hold them instead.
        delay = 0.1
        while arrivals:
            try:
                await self._store(arrivals)
                return True
            except asyncpg.DataError:
                raise
            except Exception as error:
                log.warning("inbox unreachable", error=type(error).__name__)
                if stop.is_set() or self._channel.is_closed:
                    return False
                await asyncio.sleep(delay)
                delay = min(delay * 2, 2.0)
        return True


def _arrival(message: AbstractIncomingMessage) -> Arrival | None:
    try:
        return Arrival(uuid.UUID(message.message_id or ""), message.type or "", message.body.decode())
    except ValueError:
        return None


async def _close(connection: AbstractConnection) -> None:
    try:
        async with asyncio.timeout(2):
            await connection.close()
    except _TROUBLE as error:
        log.debug("close failed", error=type(error).__name__)
