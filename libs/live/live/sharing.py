"""What a service shares with its other processes, put together from two addresses."""

from collections.abc import Mapping
from typing import Any

from redis.asyncio import Redis, SSLConnection
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from live.board import Board
from live.limiting import Limiter
from live.patience import WAIT
from live.wires import PostgresWire, RedisWire, Wire


class FreshAuthority(SSLConnection):
    """A connection that reads at each try who vouches for the server: the file changes while we run."""

    def _connection_arguments(self) -> Mapping[str, Any]:
        self.ssl_context.context = None  # else what was read first would count for ever
        told: Mapping[str, Any] = super()._connection_arguments()
        return told


def redis_of(url: str) -> Redis:
    """Return a client that gives up soon: whatever is asked of it can be done without."""
    redis = Redis.from_url(
        url, socket_connect_timeout=4 * WAIT, socket_timeout=10.0, retry=Retry(NoBackoff(), 1)
    )
    if issubclass(redis.connection_pool.connection_class, SSLConnection):
        redis.connection_pool.connection_class = FreshAuthority
    return redis


def wire_of(redis_url: str, notify_url: str) -> Wire | None:
    """Return how news travel: Redis where there is one, else PostgreSQL, else not at all."""
    if redis_url:
        return RedisWire(redis_of(redis_url))
    return PostgresWire(notify_url) if notify_url else None


class Shared:
    """The board, the limits and the store of one process; with neither address, everything stays in the process."""

    def __init__(self, redis_url: str = "", notify_url: str = "") -> None:
        self.redis = redis_of(redis_url) if redis_url else None
        self.board = Board(wire_of(redis_url, notify_url))
        self.limiter = Limiter(redis_url)
