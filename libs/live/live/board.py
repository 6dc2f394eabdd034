"""A notice board between processes: who changes something says so, whoever shows it hears, and nobody must."""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import Context
from typing import Final

import structlog

from live.wires import Wire

GATHER: Final = 0.005
"""Seconds in which changes are gathered into one message."""
MOST_WAITING: Final = 2_000
REMEMBERED, MOST_REMEMBERED = 30.0, 10_000
"""Seconds for which what was told is remembered, for pages that are still on their way; and how many topics."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 2.0
log = structlog.get_logger()


def thing(code: str) -> str:
    """Name the topic of one thing."""
    return f"thing:{code}"


def place(code: str) -> str:
    """Name the topic of everything in a place; who listens to `place("A.1")` hears of `place("A.1.2")` as well."""
    return f"place:{code}"


class Ear:
    """Somebody who wants to know; many changes before they look are one piece of news."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Tell that something may have changed."""
        self._rung.set()

    async def news(self, seconds: float) -> bool:
        """Wait for news at most so long; returns whether there was any."""
        try:
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        except TimeoutError:
            return False
        self._rung.clear()
        return True


class Board:
    """Carries topics, never what changed: a message that is lost costs a moment, never a fact."""

    def __init__(self, wire: Wire | None = None) -> None:
        self._wire = wire
        self._ears: dict[str, set[Ear]] = {}
        self._heeding: list[Callable[[Sequence[str]], None]] = []
        self._recent: dict[str, float] = {}  # the longest untold first
        self._forgotten = 0.0
        self._waiting: dict[str, None] = {}
        self._carrying: asyncio.Task[None] | None = None
        self.hearing = False
        """Whether news of other processes arrive; otherwise whoever shows something must look by itself."""
        self.closed = False

    def tell(self, *topics: str) -> None:
        """Say that something changed; never waits, never fails."""
        self._spread(topics)
        if self._wire is None or len(self._waiting) > MOST_WAITING:
            return
        self._waiting |= dict.fromkeys(topics)
        if self._waiting and (self._carrying is None or self._carrying.done()):
            # News serve many: they belong to the trace and log context of none of them.
            self._carrying = asyncio.get_running_loop().create_task(
                self._carry(self._wire), context=Context()
            )

    def heed(self, told: Callable[[Sequence[str]], None]) -> None:
        """Pass every topic on as it is told, here or in another process."""
        self._heeding.append(told)

    @contextmanager
    def ear(self, topics: Sequence[str], since: float | None = None) -> Iterator[Ear]:
        """Listen to topics for a while; what was told after the epoch second `since` is news at once."""
        made = Ear()
        if since is not None and self._told_since(since, topics):
            made.ring()
        for topic in topics:
            self._ears.setdefault(topic, set()).add(made)
        try:
            yield made
        finally:
            for topic in topics:
                listening = self._ears.get(topic, set())
                listening.discard(made)
                if not listening:
                    self._ears.pop(topic, None)

    async def listen(self) -> None:
        """Hear what other processes tell, for as long as this one runs, and come back after every interruption."""
        pause = _FIRST_PAUSE
        while self._wire is not None:
            try:
                await self._wire.hear(self._spread, self._begin)
            except Exception as error:
                if self.hearing:
                    log.warning("live updates interrupted", error=type(error).__name__)
                    pause = _FIRST_PAUSE
                self._turn(hearing=False)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    def close(self) -> None:
        """Let everybody who listens look up and leave."""
        self.closed = True
        self._ring_all()

    async def aclose(self) -> None:
        """Let everybody leave, and hang up."""
        self.close()
        if self._carrying is not None:
            self._carrying.cancel()
        if self._wire is not None:
            await self._wire.close()

    async def _carry(self, wire: Wire) -> None:
        while self._waiting:
            await asyncio.sleep(GATHER)
            topics, self._waiting = tuple(self._waiting), {}
            try:
                await wire.say(topics)
            except Exception as error:  # whoever missed it looks by itself in the end
                log.warning("news not told", error=type(error).__name__)

    def _begin(self) -> None:
        self._turn(hearing=True)

    def _turn(self, *, hearing: bool) -> None:
        if self.hearing != hearing:
            self.hearing = hearing
            self._ring_all()  # something may have been missed

    def _ring_all(self) -> None:
        for ear in {ear for listening in self._ears.values() for ear in listening}:
            ear.ring()

    def _spread(self, topics: Sequence[str]) -> None:
        now = time.time()
        for told in self._heeding:
            told(topics)
        for topic in topics:
            for name in _upwards(topic):
                self._recent.pop(name, None)
                self._recent[name] = now
                for ear in tuple(self._ears.get(name, ())):
                    ear.ring()
        self._forget(now - REMEMBERED)

    def _forget(self, before: float) -> None:
        """Drop what is old or too much, from its old end: the cost of news never grows with what is remembered."""
        while self._recent:
            topic, at = next(iter(self._recent.items()))
            if at >= before and len(self._recent) <= MOST_REMEMBERED:
                return
            del self._recent[topic]
            self._forgotten = at

    def _told_since(self, since: float, topics: Sequence[str]) -> bool:
        """Tell whether there may be news; what is forgotten may have been news, and looking again costs little."""
        return since <= self._forgotten or any(self._recent.get(topic, 0.0) >= since for topic in topics)


def _upwards(topic: str) -> Iterator[str]:
    """Name a topic and, for a place, every place it lies in."""
    yield topic
    if topic.startswith("place:"):
        while "." in topic:
            topic = topic.rpartition(".")[0]
            yield topic
