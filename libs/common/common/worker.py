"""The part of a service without a face: relay, receiver, handlers and jobs, each restarted when it falls."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

import asyncpg
import structlog

from common.carriers.base import Carrier
from common.database import Database
from common.handling import InboxHandler
from common.inbox import Arrival, Subscriptions, store
from common.jobs import Job, keep_job, upkeep
from common.logs import where
from common.relay import Relay, patience, woken
from common.settings import Keeping

__all__ = ["Job", "Worker"]

_GRACE = 20.0
log = structlog.get_logger()
Task = Callable[[], Awaitable[None]]


class Worker:
    """Everything a service does without being asked over HTTP."""

    def __init__(
        self,
        service: str,
        database: Database,
        carrier: Carrier,
        subscriptions: Subscriptions | None,
        jobs: Sequence[Job] = (),
        *,
        keeping: Keeping = Keeping(),
    ) -> None:
        self.service = service
        self.database = database
        self.carrier = carrier
        self.subscriptions = subscriptions
        self.jobs = (*jobs, *upkeep(keeping))
        self._arrived = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until told to stop, then finish what is in hand within 20 seconds."""
        self.database.has_relay = True
        tasks = [
            asyncio.create_task(self._keep(name, task, stop), name=name) for name, task in self._tasks(stop)
        ]
        try:
            await stop.wait()
            self.database.committed.set()  # whoever sleeps there looks up, sees the stop and leaves
            self._arrived.set()
            _done, late = await asyncio.wait(tasks, timeout=_GRACE)
            if late:
                log.warning("stopped in the middle", tasks=sorted(task.get_name() for task in late))
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self.database.has_relay = False
            await self.carrier.close()

    def _tasks(self, stop: asyncio.Event) -> list[tuple[str, Task]]:
        relay = Relay(self.service, self.database, self.carrier)
        tasks: list[tuple[str, Task]] = [
            ("relay", lambda: relay.run(stop)),
            ("listen", lambda: self._listen(stop)),
        ]
        if self.subscriptions is not None and self.subscriptions.types:
            handler = InboxHandler(self.database, self.subscriptions)
            tasks.append(("handle", lambda: handler.run(self._arrived, stop)))
            tasks.append(("receive", lambda: self.carrier.receive(self.service, self._store, stop)))
        for job in self.jobs:
            tasks.append((f"job {job.name}", partial(keep_job, self.service, self.database, job, stop)))
        return tasks

    async def _store(self, arrivals: Sequence[Arrival]) -> None:
        await store(await self.database.pool(), arrivals)
        self._arrived.set()

    async def _listen(self, stop: asyncio.Event) -> None:
        """Hear from other processes that rows wait in outbox or inbox."""
        connection: asyncpg.Connection = await self.database.connect()
        lost = asyncio.Event()
        connection.add_termination_listener(lambda *_: lost.set())
        try:
            await connection.add_listener("outbox", lambda *_: self.database.committed.set())
            await connection.add_listener("inbox", lambda *_: self._arrived.set())
            self.database.committed.set()  # whatever was announced while nobody listened
            self._arrived.set()
            while not stop.is_set() and not lost.is_set():
                await woken(stop, 1.0)
            if lost.is_set() and not stop.is_set():
                raise ConnectionError("the listening connection was lost")
        finally:
            connection.terminate()

    async def _keep(self, name: str, task: Task, stop: asyncio.Event) -> None:
        failures = 0
        while not stop.is_set():
            started = asyncio.get_running_loop().time()
            try:
                await task()
                return
            except Exception as error:
                failures = 1 if asyncio.get_running_loop().time() - started > _GRACE else failures + 1
                log.warning("task restarts", task=name, error=where(error))
                await woken(stop, patience(failures))
