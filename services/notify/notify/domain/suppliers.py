"""Which of several suppliers of a channel is asked: one that fails or drags is left for the next, and tried again."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

SLOW: Final = timedelta(seconds=5)
"""How long a supplier may take for one message; longer counts as not done well."""
SEEN: Final = timedelta(minutes=5)
"""How far back it is looked."""
SHARE, ENOUGH = 0.15, 5
"""Of at least so many messages, the share not done well from which a supplier is left."""
AWAY: Final = timedelta(minutes=1)
"""After which one message tries a supplier again that was left."""


@dataclass
class Record:
    """What one supplier lately did, and until when it is left alone; None where it is not."""

    done: deque[tuple[datetime, bool]] = field(default_factory=deque)
    left_until: datetime | None = None

    def poor(self, now: datetime) -> bool:
        """Tell whether too much of what was lately asked was not done well."""
        while self.done and self.done[0][0] < now - SEEN:
            self.done.popleft()
        badly = sum(not well for _, well in self.done)
        return len(self.done) >= ENOUGH and badly >= SHARE * len(self.done)


class Choice:
    """Chooses among suppliers, the first of them preferred."""

    def __init__(self, count: int) -> None:
        self._records = [Record() for _ in range(count)]

    def next(self, now: datetime) -> int:
        """Return whom to ask: the first that is not left alone, or whose time away is over; the first where all are.

        A supplier whose time away is over gets this one message; until it told how it went others go on elsewhere.
        """
        for place, one in enumerate(self._records):
            if one.left_until is None:
                return place
            if now >= one.left_until:
                one.left_until = now + AWAY
                return place
        return 0

    def tell(self, place: int, now: datetime, *, well: bool) -> None:
        """Note how a message went; the one that tried a left supplier brings it back, or leaves it again."""
        one = self._records[place]
        if one.left_until is not None:
            one.left_until = None if well else now + AWAY
            one.done.clear()
            return
        one.done.append((now, well))
        if one.poor(now) and len(self._records) > 1:
            one.left_until = now + AWAY
