"""Let a library that brings its own event loop work wherever the caller stands."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def beside_the_loop(work: Callable[..., T], *arguments: Any) -> T:
    """Do the work here, or in a thread of its own where a loop already runs: pyHanko cannot start another there."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return work(*arguments)  # the usual case; a thread would cost a millisecond
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(work, *arguments).result()
