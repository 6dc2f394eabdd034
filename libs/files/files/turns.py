"""Who is next where files are looked into: a few at once, a bounded queue, and whoever took most waits longest."""

import asyncio
import math
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from common.errors import UnavailableError

AT_ONCE: Final = 2
"""Files looked into at once: as many as there are processes for it."""
MOST: Final = 32
"""Files that wait for it; what comes beyond them is asked to come again."""
SHARE: Final = 8
"""How many of these one sender may have waiting."""
HALVED: Final = 60.0
"""Seconds after which half of what somebody took is forgotten."""
T = TypeVar("T")


class FilesBusyError(UnavailableError):
    """So many files wait to be looked into that one more would wait too long."""

    code = "files-busy"
    vi = "Đang có nhiều tệp chờ kiểm tra. Hãy thử lại sau ít phút."
    en = "Many files are waiting to be checked. Try again in a few minutes."


class Turns:
    """Lets work on files through in threads of its own, so that a flood of files holds nothing else up.

    Of those who wait, whoever took the least time lately is next: whose files take long delays only the own ones.
    """

    def __init__(self, at_once: int = AT_ONCE, most: int = MOST, share: int = SHARE) -> None:
        self._free, self._most, self._share = at_once, most, share
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="files")
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}
        self._took: dict[str, tuple[float, float]] = {}

    async def run(self, who: str, work: Callable[[], T], *, admitted: bool = False) -> T:
        """Do something that takes a processor for somebody, in turn; `admitted` is what was let in before.

        Raises: FilesBusyError.
        """
        await self._turn(who, admitted=admitted)
        doing = asyncio.get_running_loop().run_in_executor(self._pool, self._timed, who, work)
        doing.add_done_callback(lambda _: self._pass_on())
        return await asyncio.shield(doing)  # nobody's turn ends before the work does

    def _timed(self, who: str, work: Callable[[], T]) -> T:
        begun = time.monotonic()
        try:
            return work()
        finally:
            ended = time.monotonic()
            self._took[who] = (ended, self._taken(who, ended) + ended - begun)

    def _taken(self, who: str, now: float) -> float:
        """Return how many seconds somebody took, less the longer it is ago."""
        at, seconds = self._took.get(who, (now, 0.0))
        return seconds * math.exp2((at - now) / HALVED)

    async def _turn(self, who: str, *, admitted: bool) -> None:
        if self._free:
            self._free -= 1
            return
        own = self._waiting.get(who, ())
        if not admitted and len(own) >= self._share:
            raise FilesBusyError
        if not admitted and sum(map(len, self._waiting.values())) >= self._most:
            self._make_room(who)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(who, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._pass_on()
            raise

    def _make_room(self, who: str) -> None:
        """Send away the newest of whoever took most; where that is who comes, nobody. Raises: FilesBusyError."""
        now = time.monotonic()
        heaviest = max(self._waiting, key=lambda one: (self._taken(one, now), len(self._waiting[one])))
        if self._taken(heaviest, now) <= self._taken(who, now):
            raise FilesBusyError
        queue = self._waiting[heaviest]
        turn = queue.pop()
        if not queue:
            del self._waiting[heaviest]
        if not turn.done():
            turn.set_exception(FilesBusyError())

    def _pass_on(self) -> None:
        """Give the turn to whoever waits and took least, or keep it for the next who comes."""
        now = time.monotonic()
        while self._waiting:
            who = min(self._waiting, key=lambda one: self._taken(one, now))
            queue = self._waiting[who]
            turn = queue.popleft()
            if not queue:
                del self._waiting[who]
            if not turn.done():
                turn.set_result(None)
                return
        self._took = {one: took for one, took in self._took.items() if self._taken(one, now) > 0.01}
        self._free += 1
