"""Faults by a seed: which process is killed or stopped for a while, and when."""

import asyncio
import os
import random
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import psutil
from suite.testing.suites import RunningSuite

EMBEDDED = {
    "intake": 5,
    "stats": 3,
    "notify": 3,
    "processing": 2,
    "qa": 2,
    "catalog": 1,
    "postgres": 2,
    "gateway": 1,
}
DISTRIBUTED = {
    "intake-api": 3,
    "intake-worker": 4,
    "stats-worker": 3,
    "notify-worker": 3,
    "processing-worker": 2,
    "qa-api": 1,
    "qa-worker": 1,
    "catalog-worker": 1,
    "postgres": 2,
    "rabbitmq": 3,
    "gateway": 1,
}
REST = (0.5, 2.0)  # seconds between two faults
PAUSE = (0.5, 3.0)  # seconds a stopped process stands still
RECOVERY = 12.0  # seconds between two deaths of the same server, which must read its journal each time
SERVERS = ("postgres", "rabbitmq")


def family(pid: int) -> list[psutil.Process]:
    """Return a process with everything it started."""
    with suppress(psutil.NoSuchProcess):
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    return []


def kill(pid: int) -> None:
    """End a process at once; a server's own children go with it or notice."""
    for process in family(pid):
        with suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGKILL)


@contextmanager
def stopped(pid: int) -> Iterator[None]:
    """Keep a process with everything it started from running."""
    held = family(pid)
    try:
        for process in held:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGSTOP)
        yield
    finally:
        for process in held:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGCONT)


@dataclass
class Strikes:
    """The faults of one run; the same seed strikes the same parts in the same order."""

    suite: RunningSuite
    weights: dict[str, int]
    seed: int
    done: Counter[str] = field(default_factory=Counter)

    async def run(self, seconds: float) -> None:
        """Strike for some seconds."""
        clock = asyncio.get_running_loop().time
        ending, last = clock() + seconds, dict.fromkeys(SERVERS, 0.0)
        for name, deadly, pause, rest in self.planned():
            if clock() >= ending:
                return
            kills = deadly and not (name in SERVERS and clock() - last[name] < RECOVERY)
            await self._strike(name, kills, pause)
            if kills and name in SERVERS:
                last[name] = clock()
            await asyncio.sleep(rest)

    def planned(self) -> Iterator[tuple[str, bool, float, float]]:
        """Give without an end what the seed says: who is struck, whether it dies, else how long it stands, the rest."""
        dice = random.Random(self.seed)
        while True:
            name = dice.choices(list(self.weights), list(self.weights.values()))[0]
            yield name, dice.random() < 0.6, dice.uniform(*PAUSE), dice.uniform(*REST)

    async def _strike(self, name: str, kills: bool, pause: float) -> None:
        pid = self.suite.note["pids"].get(name)
        if pid is None or not family(pid):
            return  # struck a moment ago and not yet restarted
        if kills:
            kill(pid)
            self.done[f"kill {name}"] += 1
            return
        with stopped(pid):
            await asyncio.sleep(pause)
        self.done[f"stop {name}"] += 1


def alive(pid: int) -> bool:
    """Tell whether a process runs."""
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False
