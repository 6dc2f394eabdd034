"""How news travel between processes: over Redis, or over PostgreSQL where there is none."""

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Final, Protocol

import asyncpg
from redis.asyncio import Redis

CHANNEL: Final = "live"
PATIENCE: Final = 1.0
"""Seconds that telling may take; a request never waits for it."""
SILENCE: Final = 3.0
"""Seconds without a sign of life after which a connection counts as lost."""
LARGEST: Final = 7_000
"""Bytes of one message; PostgreSQL takes 8,000."""
Heard = Callable[[Sequence[str]], None]


class Wire(Protocol):
    """Carries topics from any process to all that listen."""

    async def say(self, topics: Sequence[str]) -> None:
        """Send topics. Raises: any error of the connection."""

    async def hear(self, heard: Heard, begun: Callable[[], None]) -> None:
        """Pass on what is said; calls `begun` once it hears. Ends only by raising: the connection is lost."""

    async def close(self) -> None:
        """Hang up."""


class RedisWire:
    """One channel of Redis."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def say(self, topics: Sequence[str]) -> None:
        """Publish."""
        async with asyncio.timeout(PATIENCE):
            for message in messages(topics):
                await self._redis.publish(CHANNEL, message)

    async def hear(self, heard: Heard, begun: Callable[[], None]) -> None:
        """Subscribe; a server that answers no ping within three seconds is lost, also when it is only frozen."""
        async with self._redis.pubsub() as subscription:
            async with asyncio.timeout(PATIENCE):
                await subscription.subscribe(CHANNEL)
            loop = asyncio.get_running_loop()
            alive = asked = loop.time()
            while loop.time() - alive < SILENCE:
                message = await subscription.get_message(timeout=SILENCE / 3)
                if message is not None:
                    alive = loop.time()
                if message is not None and message["type"] == "subscribe":
                    begun()
                elif message is not None and message["type"] == "message":
                    heard(json.loads(message["data"]))
                if loop.time() - asked > SILENCE / 3:
                    asked = loop.time()
                    async with asyncio.timeout(PATIENCE):
                        await subscription.ping()
        raise ConnectionError("Redis fell silent")

    async def close(self) -> None:
        """Hang up."""
        await self._redis.aclose()


class PostgresWire:
    """NOTIFY in a database that holds nothing."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._saying: asyncpg.Connection | None = None

    async def say(self, topics: Sequence[str]) -> None:
        """Notify; one message for many changes, because a notification takes a lock of the whole server."""
        async with asyncio.timeout(PATIENCE):
            if self._saying is None or self._saying.is_closed():
                self._saying = await asyncpg.connect(self._dsn, timeout=PATIENCE)
            for message in messages(topics):
                await self._saying.execute("select pg_notify($1, $2)", CHANNEL, message)

    async def hear(self, heard: Heard, begun: Callable[[], None]) -> None:
        """Listen; a server that answers nothing for a second is lost."""
        connection: asyncpg.Connection = await asyncpg.connect(self._dsn, timeout=PATIENCE)
        lost = asyncio.Event()
        connection.add_termination_listener(lambda *_: lost.set())
        try:
            await connection.add_listener(CHANNEL, lambda *told: heard(json.loads(str(told[-1]))))
            begun()
            while not lost.is_set():
                try:
                    async with asyncio.timeout(SILENCE):
                        await lost.wait()
                except TimeoutError:
                    await connection.execute("select 1", timeout=PATIENCE)
        finally:
            connection.terminate()
        raise ConnectionError("PostgreSQL hung up")

    async def close(self) -> None:
        """Hang up."""
        if self._saying is not None:
            self._saying.terminate()


def messages(topics: Sequence[str]) -> Iterator[str]:
    """Pack topics into messages that are not too long."""
    load: list[str] = []
    size = 2
    for topic in topics:
        if load and size + len(topic.encode()) + 4 > LARGEST:
            yield json.dumps(load, ensure_ascii=False)
            load, size = [], 2
        load.append(topic)
        size += len(topic.encode()) + 4
    if load:
        yield json.dumps(load, ensure_ascii=False)
