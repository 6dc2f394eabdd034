"""Which processes turn no more: they run, and answer nobody."""

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping

EVERY = 5.0  # seconds between two looks
SECONDS = 8.0  # in which a living process answers, however busy its machine
MISSES = 3  # unanswered looks in a row, after which it is ended
STARTING = 60.0  # seconds a new process has for its first answer


def turns(url: str) -> bool:
    """Tell whether anything at all is answered."""
    try:
        with urllib.request.urlopen(url, timeout=SECONDS):  # noqa: S310 - our own loopback address
            return True
    except urllib.error.HTTPError:
        return True
    except (OSError, http.client.HTTPException):
        return False


class Liveness:
    """Counts for each process how often in a row it answered nobody; a new process number begins anew."""

    def __init__(
        self, ask: Callable[[str], bool] = turns, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._ask, self._clock = ask, clock
        self._misses: dict[int, int] = {}
        self._since: dict[int, float] = {}
        self._next = 0.0

    def hung(self, addresses: Mapping[int, str]) -> list[int]:
        """Ask everybody when it is time (process number, address) and return who is to be ended."""
        if self._clock() < self._next:
            return []
        found = [process for process, url in addresses.items() if self._gave_up(process, url)]
        for known in set(self._since) - set(addresses):
            self._since.pop(known)
            self._misses.pop(known, None)
        self._next = self._clock() + EVERY
        return found

    def _gave_up(self, process: int, url: str) -> bool:
        since = self._since.setdefault(process, self._clock())
        if self._ask(url):
            self._misses[process] = 0
            return False
        if process not in self._misses and self._clock() - since < STARTING:
            return False
        self._misses[process] = self._misses.get(process, 0) + 1
        return self._misses[process] >= MISSES
