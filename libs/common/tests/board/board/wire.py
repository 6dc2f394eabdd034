"""A wire between client and broker that a test can cut."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit


class Wire:
    """Forwards TCP to a server; `cut` aborts every open connection."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._ends: set[asyncio.StreamWriter] = set()
        self.port = 0

    async def join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Connect one client to the server and carry bytes both ways."""
        back, forth = await asyncio.open_connection("127.0.0.1", self._target)
        self._ends |= {writer, forth}
        await asyncio.gather(self._carry(reader, forth), self._carry(back, writer), return_exceptions=True)

    async def _carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            while data := await source.read(65536):
                sink.write(data)
                await sink.drain()
        finally:
            sink.close()

    def cut(self) -> int:
        """Abort every connection; returns how many ends were open."""
        count = len(self._ends)
        for end in self._ends:
            end.transport.abort()
        self._ends.clear()
        return count


@asynccontextmanager
async def wire_to(url: str) -> AsyncIterator[tuple[Wire, str]]:
    """Give a wire to the server of an address, and the address of its near end."""
    parts = urlsplit(url)
    assert parts.port is not None
    wire = Wire(parts.port)
    server = await asyncio.start_server(wire.join, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield wire, url.replace(f":{parts.port}/", f":{port}/")
    finally:
        server.close()
        wire.cut()
