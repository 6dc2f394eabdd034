"""Requests at a steady rate from a process of its own; one that fails is sent once more, and failures are counted."""

import asyncio
import contextlib
import multiprocessing
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Self

import uvloop

LINES, REPEAT_AFTER, PATIENCE = 48, 0.3, 10.0
"""Connections; seconds until a request is repeated; seconds an answer may take."""
_LENGTH = re.compile(rb"(?i)\r\ncontent-length: (\d+)")


@dataclass
class Seen:
    """What became of the requests: answers at the first try, what failed at it, and what failed at the second too."""

    answered: int = 0
    repeated: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    took: list[float] = field(default_factory=list)
    seconds: float = 0.0


class Paced:
    """A process that sends requests at a rate until it is told to stop or has none left."""

    def __init__(self, port: int, requests: Sequence[bytes], rate: float) -> None:
        context = multiprocessing.get_context("fork")
        self._pipe, theirs = context.Pipe()
        self._child = context.Process(target=_enter, args=(theirs, port, requests, rate))
        self._child.start()

    def stop(self) -> Seen:
        """Send no more, wait for what is under way, and return what was seen."""
        self._pipe.send("stop")
        return self.ended()

    def ended(self) -> Seen:
        """Wait until all were sent and return what was seen."""
        seen: Seen = self._pipe.recv()
        self._child.join()
        return seen

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process, also where nobody asked for what it saw."""
        if self._child.is_alive():
            self._child.terminate()
        self._child.join()


def _enter(pipe: Connection, port: int, requests: Sequence[bytes], rate: float) -> None:
    pipe.send(uvloop.run(_drive(port, requests, rate, pipe.poll)))


async def _drive(port: int, requests: Sequence[bytes], rate: float, stopped: Callable[[], bool]) -> Seen:
    seen, begun, numbers = Seen(), time.perf_counter(), iter(range(len(requests)))

    async def line() -> None:
        one = _Line(port)
        for number in numbers:
            await asyncio.sleep(max(0.0, begun + number / rate - time.perf_counter()))
            if stopped():
                return
            await _once_or_twice(one, requests[number], seen)

    await asyncio.gather(*(line() for _ in range(LINES)))
    seen.seconds = time.perf_counter() - begun
    return seen


async def _once_or_twice(line: "_Line", request: bytes, seen: Seen) -> None:
    sent = time.perf_counter()
    if wrong := await line.ask(request):
        seen.repeated[wrong] += 1
        await asyncio.sleep(REPEAT_AFTER)
        if wrong := await line.ask(request):
            seen.failed[wrong] += 1
            return
    seen.answered += 1
    seen.took.append((time.perf_counter() - sent) * 1000)


class _Line:
    """One connection, opened anew after a failure."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, request: bytes) -> str:
        """Send a request and read its answer; returns what went wrong, nothing when nothing did."""
        try:
            async with asyncio.timeout(PATIENCE):
                status, keeps = await self._answer(request)
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            self._hang_up()
            return type(error).__name__
        if not keeps:
            self._hang_up()
        return "" if status < 500 and status != 429 else str(status)

    async def _answer(self, request: bytes) -> tuple[int, bool]:
        if self.ends is None:
            self.ends = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.ends
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if length is not None:
            await reader.readexactly(int(length[1]))
        else:
            await reader.readuntil(b"\r\n0\r\n\r\n")
        return int(head[9:12]), b"connection: close" not in head

    def _hang_up(self) -> None:
        if self.ends is not None:
            with contextlib.suppress(OSError):
                self.ends[1].close()
        self.ends = None
