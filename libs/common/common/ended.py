"""Which sign-ins are over: known to everybody who checks tokens within a second, without asking at every request."""

import asyncio
import time
from typing import Final

import httpx
import structlog

FRESH: Final = 0.4
"""Seconds after which the list is asked for again while the known one goes on serving."""
OLD: Final = 0.8
"""Seconds after which a request waits for the answer."""
PATIENCE: Final = 0.3
"""Seconds a request waits at most."""
REST: Final = 1.0
"""Seconds for which nobody is asked after a failure."""
KEPT: Final = 16 * 60
"""Seconds after which an ended sign-in is forgotten: no token of it can be alive any more."""
log = structlog.get_logger()


class Ended:
    """The sign-ins that ended while tokens of theirs were alive, as the place that ends them tells it.

    Only what ended since the last answer is asked for, and only while requests come in. While that place is away, what
    is known goes on holding, nothing new is learnt, and every token ends by itself within its quarter of an hour.
    """

    def __init__(self, url: str, client: httpx.AsyncClient | None = None) -> None:
        self._url, self._client = url, client
        self._over: dict[str, float] = {}
        self._until: float | None = None
        self._read_at = self._failed_at = float("-inf")
        self._asking: asyncio.Task[None] | None = None

    async def over(self, token_id: str) -> bool:
        """Tell whether the sign-in is over that a token id belongs to: what stands before its first dot."""
        now = time.monotonic()
        age = now - self._read_at
        if age > FRESH and now - self._failed_at > REST:
            if self._asking is None or self._asking.done():
                self._asking = asyncio.get_running_loop().create_task(self._ask())
            if age > OLD:
                await asyncio.wait({self._asking}, timeout=PATIENCE)
        return token_id.partition(".")[0] in self._over

    async def _ask(self) -> None:
        started = time.monotonic()
        try:
            self._client = self._client or httpx.AsyncClient(timeout=2, trust_env=False)
            asked = {} if self._until is None else {"after": self._until}
            told = (await self._client.get(self._url, params=asked)).raise_for_status().json()
            self._until, ended = float(told["until"]), [str(one) for one in told["ended"]]
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            if self._failed_at < self._read_at or self._until is None:
                log.warning("ended sign-ins not read", error=type(error).__name__)
            self._failed_at = time.monotonic()
            return
        self._over |= dict.fromkeys(ended, started)
        while self._over and next(iter(self._over.values())) < started - KEPT:
            del self._over[next(iter(self._over))]
        self._read_at = started
