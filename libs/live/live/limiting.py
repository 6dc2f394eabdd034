"""How often somebody may do something, counted for all replicas together and in each process as well."""

from limits import RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from live.patience import Patience


class Limiter:
    """Sliding windows by name and by who asks.

    Each process counts what it saw itself. Where there is a Redis, what all saw counts too; while it is away or empty,
    a flood meets the limit of each process, and nobody is refused who stayed within it.
    """

    def __init__(self, redis_url: str = "") -> None:
        self._patience = Patience("redis")
        self._own = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._shared: SlidingWindowCounterRateLimiter | None = None
        if redis_url:
            place = RedisStorage(f"async+{redis_url}", implementation="redispy", key_prefix="limit")
            self._shared = SlidingWindowCounterRateLimiter(place)

    async def spent(self, name: str, who: str, *, most: int, seconds: int) -> bool:
        """Say whether `most` were counted already in so many seconds, counting nothing."""
        item, shared = RateLimitItemPerSecond(most, seconds, namespace=name), self._shared
        if not await self._own.test(item, who):
            return True
        return shared is not None and await self._patience.ask(lambda: shared.test(item, who)) is False

    async def allows(self, name: str, who: str, *, most: int, seconds: int, count: int = 1) -> bool:
        """Count one more, or `count` at once, and say whether it was within `most` in so many seconds."""
        item, shared = RateLimitItemPerSecond(most, seconds, namespace=name), self._shared
        if not await self._own.hit(item, who, cost=count):
            return False
        if shared is None:
            return True
        return await self._patience.ask(lambda: shared.hit(item, who, cost=count)) is not False
