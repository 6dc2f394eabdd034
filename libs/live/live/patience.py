"""How long a request waits for what it can do without."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

import structlog

T = TypeVar("T")
WAIT: Final = 0.05
"""Seconds a request waits for a shared store."""
REST: Final = 1.0
"""Seconds a store that failed is left alone."""
log = structlog.get_logger()


class Patience:
    """Asks a shared store; after a failure it is left alone for a second, so that not every request waits."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._again_at = 0.0
        self._failing = False

    async def ask(self, work: Callable[[], Awaitable[T]]) -> T | None:
        """Return what the store answers, nothing when it fails, is late, or is left alone."""
        loop = asyncio.get_running_loop()
        if loop.time() < self._again_at:
            return None
        try:
            async with asyncio.timeout(WAIT):
                answer = await work()
        except Exception as error:
            self._again_at = loop.time() + REST
            if not self._failing:
                log.warning("shared store does not answer", store=self._name, error=type(error).__name__)
            self._failing = True
            return None
        self._failing = False
        return answer
