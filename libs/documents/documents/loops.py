"""Let a library that brings its own event loop work wherever the caller stands."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def beside_the_loop(work: Callable[..., T], *arguments: Any) -> T:
    """Do the work in a thread of its own and wait for it: pyHanko cannot start where a loop already runs."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(work, *arguments).result()
