"""Serve one application from a process of its own, with the settings the suite serves with."""

import asyncio
import contextlib
import gc
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import uvicorn
import uvloop
from fastapi import FastAPI
from suite.run.places import free_port, is_taken


@contextlib.contextmanager
def served(make: Callable[[], FastAPI], log: Path) -> Iterator[tuple[int, psutil.Process]]:
    """Give port and process of the application while the block lasts; `make` runs in the new process."""
    context, port = multiprocessing.get_context("fork"), free_port()
    child = context.Process(target=_serve, args=(make, port, log))
    child.start()
    try:
        deadline = time.monotonic() + 30
        while not is_taken(port):
            if not child.is_alive() or time.monotonic() > deadline:
                raise RuntimeError(f"the server did not come up: {log.read_text()[-2000:]}")
            time.sleep(0.05)
        yield port, psutil.Process(child.pid)
    finally:
        child.terminate()
        child.join(10)


def _serve(make: Callable[[], FastAPI], port: int, log: Path) -> None:
    sink = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(sink, 1)
    os.dup2(sink, 2)
    gc.collect()
    gc.freeze()  # as the suite does before it forks a service
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_run(make, port))


async def _run(make: Callable[[], FastAPI], port: int) -> None:
    config = uvicorn.Config(
        make(), host="127.0.0.1", port=port, log_config=None, access_log=False, http="httptools"
    )
    await uvicorn.Server(config).serve()
