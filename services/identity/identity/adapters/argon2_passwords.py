"""Passwords hashed with argon2id at a cost that two cores can bear."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from common.errors import TooManyRequestsError

# Measured: 21 ms a hash; the library's default takes 136 ms of four threads.
MEMORY_KIB, ROUNDS, LANES = 19_456, 2, 1
AT_ONCE = 2
# Two hashes at once clear this queue in about two seconds; whoever comes later is told to come back.
WAITING = 200
T = TypeVar("T")


class Argon2Passwords:
    """Hashes in a pool of two threads, so that a burst of sign-ins leaves the other requests their turn."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        """Prepare the pool, and a hash to compare with where no account exists."""
        self._hasher = PasswordHasher(time_cost=ROUNDS, memory_cost=MEMORY_KIB, parallelism=LANES)
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="argon2")
        self._permits = asyncio.Semaphore(at_once)
        self._waiting, self._queued = waiting, 0
        self._nobody = self._hasher.hash("nobody has this password")

    async def hash(self, secret: str) -> str:
        """Give the text to store for a secret. Raises: TooManyRequestsError."""
        return await self._run(self._hasher.hash, secret)

    async def matches(self, stored: str | None, secret: str) -> bool:
        """Say whether the secret belongs to the stored text. Raises: TooManyRequestsError."""
        right = await self._run(self._verify, stored or self._nobody, secret)
        return right and stored is not None

    def _verify(self, stored: str, secret: str) -> bool:
        try:
            return self._hasher.verify(stored, secret)
        except (VerificationError, InvalidHashError):
            return False

    async def _run(self, work: Callable[..., T], *arguments: str) -> T:
        if self._queued >= self._waiting:
            raise TooManyRequestsError(retry_after=5)
        self._queued += 1
        try:
            async with self._permits:
                return await asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)
        finally:
            self._queued -= 1
