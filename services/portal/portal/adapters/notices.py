"""What everybody is told stands on every page, and no page waits for it."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from answers.registers import NoticeOut

from portal.adapters.http import ServiceAnswerError, ServiceUnreachableError
from portal.adapters.registers import Registers

AGE: Final = 5.0
"""Seconds after which it is looked up again; that is how late a page may be."""
PATIENCE: Final = 0.5
"""Seconds that the first pages after a start wait for the first look."""
Told = tuple[NoticeOut, ...]


@dataclass
class Notices:
    """The notices last seen; where nobody answers, they stay."""

    clock: Callable[[], float] = time.monotonic
    told: Told = ()
    _asked_at: float | None = None
    _looking: "asyncio.Task[None] | None" = field(default=None, repr=False)

    async def now(self, registers: Registers) -> Told:
        """Return what is told, looking it up beside the page when that was done long ago."""
        first, now = self._asked_at is None, self.clock()
        if self._asked_at is None or now - self._asked_at >= AGE:
            self._asked_at = now
            self._looking = asyncio.create_task(self._look(registers))
        if first and self._looking is not None:
            await asyncio.wait([self._looking], timeout=PATIENCE)
        return self.told

    async def _look(self, registers: Registers) -> None:
        try:
            self.told = (await registers.notices()).items
        except (ServiceAnswerError, ServiceUnreachableError):
            return
