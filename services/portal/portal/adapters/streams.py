"""The pages that are open and follow what changes: counted per person, so that nobody takes all the room."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from live import Board

PER_PERSON: Final = 12
"""Pages of one person that may follow at once; a further one looks by itself."""
MOST: Final = 4_000
"""Pages that one process serves at once."""


class FullError(Exception):
    """No further page may follow."""


class Streams:
    """Who follows how many pages, and the board that tells what changed."""

    def __init__(self, board: Board | None = None) -> None:
        self.board = board or Board()
        self._open: Counter[str] = Counter()

    @contextmanager
    def one_more(self, person: str) -> Iterator[None]:
        """Take a place for as long as the page is open. Raises: FullError."""
        if self._open[person] >= PER_PERSON or self._open.total() >= MOST:
            raise FullError
        self._open[person] += 1
        try:
            yield
        finally:
            self._open[person] -= 1
            if not self._open[person]:
                del self._open[person]
