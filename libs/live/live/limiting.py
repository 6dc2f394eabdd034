"""How often somebody may do something, counted for all replicas together; in the process while Redis is away."""

from limits import RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from live.patience import Patience


class Limiter:
    """Sliding windows by name and by who asks."""

    def __init__(self, redis_url: str = "") -> None:
        self._patience = Patience("redis")
        self._own = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._shared: SlidingWindowCounterRateLimiter | None = None
        if redis_url:
            place = RedisStorage(f"async+{redis_url}", implementation="redispy", key_prefix="limit")
            self._shared = SlidingWindowCounterRateLimiter(place)

    async def allows(self, name: str, who: str, *, most: int, seconds: int) -> bool:
        """Count one more, and say whether it was within `most` in so many seconds."""
        item, shared = RateLimitItemPerSecond(most, seconds, namespace=name), self._shared
        if shared is not None:
            told = await self._patience.ask(lambda: shared.hit(item, who))
            if told is not None:
                return told
        return await self._own.hit(item, who)
