"""Requests that come at the same moment share one trip to the database."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Gathering(Generic[T, R]):
    """Sends items in trips: at once while a lane is free, together with others while all lanes are out.

    Nobody waits for company: an item that comes alone travels alone. `trip` gets at most `most` items and gives one
    result for each, in their order. Where a trip fails with one of `divided_by`, each of its items travels alone, so
    that only the one at fault gets the error.
    """

    def __init__(
        self,
        trip: Callable[[Sequence[T]], Awaitable[Sequence[R]]],
        *,
        lanes: int = 2,
        most: int = 32,
        divided_by: tuple[type[Exception], ...] = (),
    ) -> None:
        self._trip, self._lanes, self._most, self._divided_by = trip, lanes, most, divided_by
        self._waiting: deque[tuple[T, asyncio.Future[R]]] = deque()
        self._out: set[asyncio.Task[None]] = set()

    async def send(self, item: T) -> R:
        """Return the result for one item; who stops waiting stops no trip. Raises: what the trip raises."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[R] = loop.create_future()
        self._waiting.append((item, answer))
        if len(self._out) < self._lanes:
            # A trip serves many: it belongs to the trace and log context of none of them.
            lane = loop.create_task(self._lane(), context=Context())
            self._out.add(lane)
            lane.add_done_callback(self._out.discard)
        return await answer

    async def _lane(self) -> None:
        while self._waiting:
            load = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
            await self._serve(load)

    async def _serve(self, load: Sequence[tuple[T, asyncio.Future[R]]]) -> None:
        try:
            results = await self._trip([item for item, _ in load])
        except Exception as error:
            if len(load) > 1 and isinstance(error, self._divided_by):
                for one in load:
                    await self._serve([one])
                return
            for _, answer in load:
                if not answer.done():
                    answer.set_exception(error)
            return
        for (_, answer), result in zip(load, results, strict=True):
            if not answer.done():
                answer.set_result(result)
