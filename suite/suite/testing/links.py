"""A wire between two parts that can be cut, slowed and made deaf: what a network does to connections."""

import asyncio
import contextlib
import time
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

Way = Literal["there", "back"]
PIECE = 65536


@dataclass
class Cut:
    """Where a connection breaks: at the first piece towards the server that holds the words.

    `answered` lets the server have the piece and do what it says; only its answer is lost.
    """

    words: bytes
    answered: bool


@dataclass(eq=False)
class _Call:
    """One connection: both ends, and what is wrong with it."""

    near: asyncio.StreamWriter
    far: asyncio.StreamWriter
    breaking: bool = False
    deaf: Way | None = None  # the way on which everything is swallowed from now on

    def abort(self) -> None:
        for end in (self.near, self.far):
            end.transport.abort()


class Link:
    """Forwards connections on loopback to the first place that answers; connections made later are whole again."""

    def __init__(self, *places: tuple[str, int]) -> None:
        """Remember where to forward to, in the order of trying."""
        self.places = places
        self.port = 0
        self.delay = 0.0  # seconds each piece waits, each way
        self.cut: Cut | None = None
        self.cuts = 0
        self.came: list[float] = []  # when somebody came
        self._calls: set[_Call] = set()
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> "Link":
        """Listen."""
        self._server = await asyncio.start_server(self._called, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        """Break what is left and listen no more."""
        assert self._server is not None
        self._server.close()
        self.break_all()

    def through(self, url: str) -> str:
        """Return an address as one reaches it over this link."""
        parts = urlsplit(url)
        account = parts.netloc.rpartition("@")[0]
        return urlunsplit(parts._replace(netloc=f"{account}@127.0.0.1:{self.port}"))

    def break_all(self) -> None:
        """Break the connections of this moment."""
        for call in list(self._calls):
            call.abort()

    def deafen(self, way: Way) -> int:
        """Swallow what the connections of this moment send one way, and break none; returns how many there are.

        So a network box forgets a connection: both ends still hold it, later ones are whole.
        """
        for call in self._calls:
            call.deaf = way
        return len(self._calls)

    async def _called(self, reader: asyncio.StreamReader, near: asyncio.StreamWriter) -> None:
        self.came.append(time.monotonic())
        found = await self._reach()
        if found is None:
            near.transport.abort()
            return
        back, far = found
        call = _Call(near, far)
        self._calls.add(call)
        pumps = [
            asyncio.create_task(self._pump(call, "there", reader, far)),
            asyncio.create_task(self._pump(call, "back", back, near)),
        ]
        _, left = await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        for pump in left:
            pump.cancel()
        await asyncio.gather(*pumps, return_exceptions=True)
        call.abort()
        self._calls.discard(call)

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        for host, port in self.places:
            with contextlib.suppress(OSError, TimeoutError):
                async with asyncio.timeout(1):
                    return await asyncio.open_connection(host, port)
        return None

    async def _pump(
        self, call: _Call, way: Way, source: asyncio.StreamReader, sink: asyncio.StreamWriter
    ) -> None:
        with contextlib.suppress(OSError):
            while piece := await source.read(PIECE):
                if self.delay:
                    await asyncio.sleep(self.delay)
                if self._breaks(call, way, piece):
                    return
                if call.deaf == way:
                    continue
                sink.write(piece)
                await sink.drain()

    def _breaks(self, call: _Call, way: Way, piece: bytes) -> bool:
        """Tell whether the connection ends before this piece is handed on."""
        if call.breaking:
            return way == "back"
        if way == "there" and self.cut is not None and self.cut.words in piece:
            call.breaking, answered = True, self.cut.answered
            self.cut, self.cuts = None, self.cuts + 1
            return not answered
        return False
