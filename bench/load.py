"""A small HTTP/1.1 client that keeps many connections busy from a process of its own."""

import asyncio
import multiprocessing
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import cast

import orjson
import uvloop

PATIENCE = 30.0  # seconds the last answers may take


@dataclass(frozen=True)
class Load:
    """What the client saw: milliseconds per answer in rising order, statuses, and the bodies it was asked to keep."""

    seconds: float
    took: list[float]
    statuses: Counter[int]
    bodies: list[bytes] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.took) / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds that this share of the answers stayed under."""
        return self.took[min(len(self.took) - 1, int(len(self.took) * share))]

    def only(self, status: int) -> "Load":
        """Insist that every answer had this status.

        Raises:
            RuntimeError: one had another.
        """
        if set(self.statuses) != {status}:
            raise RuntimeError(f"expected {status} only, got {dict(self.statuses)}: {self.bodies[:1]}")
        return self


def request(method: str, path: str, headers: Mapping[str, str] | None = None, body: object = None) -> bytes:
    """Write a request as the client will send it; a body is sent as JSON."""
    content = b"" if body is None else orjson.dumps(body)
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        *(f"{k}: {v}" for k, v in (headers or {}).items()),
    ]
    if body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


class _Caller(asyncio.Protocol):
    """One connection: sends the next request as soon as the last one is answered."""

    def __init__(self, source: "_Source") -> None:
        self.source, self.received, self.wanted = source, bytearray(), -1
        self.transport: asyncio.Transport
        self.done = asyncio.get_running_loop().create_future()
        self.sent = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is no subclass
        self.call()

    def call(self) -> None:
        following = self.source.take()
        if following is None:
            self.transport.close()
            return
        self.sent = time.perf_counter()
        self.transport.write(following)

    def data_received(self, data: bytes) -> None:
        self.received += data
        if self.wanted < 0:
            head = self.received.find(b"\r\n\r\n")
            if head < 0:
                return
            self.wanted = _length(bytes(self.received[:head]), head)
        whole = (
            self.received.endswith(b"0\r\n\r\n") if self.wanted == 0 else len(self.received) >= self.wanted
        )
        if whole:
            self.source.note(time.perf_counter() - self.sent, bytes(self.received))
            self.received.clear()
            self.wanted = -1
            self.call()

    def connection_lost(self, error: Exception | None) -> None:
        if self.received or (error is not None):
            self.done.set_exception(error or ConnectionError("the server hung up in the middle of an answer"))
        else:
            self.done.set_result(None)


def _length(head: bytes, ends: int) -> int:
    """Give the length of the whole answer; 0 when it comes in chunks."""
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return ends + 4 + int(value)
    return 0


class _Source:
    """The requests still to be sent, and what came of the others."""

    def __init__(self, requests: Sequence[bytes], seconds: float, keep: bool) -> None:
        self.requests, self.place, self.keep = requests, 0, keep
        self.until = time.perf_counter() + seconds
        self.took: list[float] = []
        self.statuses: Counter[int] = Counter()
        self.bodies: list[bytes] = []

    def take(self) -> bytes | None:
        if self.place >= len(self.requests) or time.perf_counter() >= self.until:
            return None
        self.place += 1
        return self.requests[self.place - 1]

    def note(self, seconds: float, answer: bytes) -> None:
        self.took.append(seconds * 1000)
        status = int(answer[9:12])
        self.statuses[status] += 1
        if self.keep or (status >= 400 and not self.bodies):
            self.bodies.append(answer.partition(b"\r\n\r\n")[2])


async def _drive(port: int, requests: Sequence[bytes], connections: int, seconds: float, keep: bool) -> Load:
    source, begun, loop = _Source(requests, seconds, keep), time.perf_counter(), asyncio.get_running_loop()
    made = [
        await loop.create_connection(lambda: _Caller(source), "127.0.0.1", port) for _ in range(connections)
    ]
    async with asyncio.timeout(seconds + PATIENCE):
        await asyncio.gather(*(caller.done for _, caller in made))
    return Load(time.perf_counter() - begun, sorted(source.took), source.statuses, source.bodies)


def _child(pipe: Connection, *arguments: object) -> None:
    try:
        pipe.send(uvloop.run(_drive(*arguments)))  # type: ignore[arg-type]
    except BaseException as error:
        pipe.send(error)


def drive(
    port: int, requests: Sequence[bytes], *, connections: int, seconds: float = 60.0, keep: bool = False
) -> Load:
    """Send each request once over so many connections, for so long at most, from a process of its own.

    `keep` keeps the bodies of the answers, in the order they came.

    Raises:
        OSError: the server hung up or was not there.
    """
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    child = context.Process(target=_child, args=(theirs, port, requests, connections, seconds, keep))
    child.start()
    outcome = ours.recv()
    child.join()
    if isinstance(outcome, BaseException):
        raise outcome
    assert isinstance(outcome, Load)
    return outcome
