"""What the machine says: the memory and processor time of our processes, and how much others took meanwhile."""

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import psutil

T = TypeVar("T")
QUIET = 0.10  # share of the machine that others may use in a run that counts
_TICKS = os.sysconf("SC_CLK_TCK")


def family(pid: int | None = None) -> list[psutil.Process]:
    """Give a process, this one by default, with all its living descendants."""
    root = psutil.Process(pid)
    return [root, *root.children(recursive=True)]


def cpu_of(processes: Iterable[psutil.Process]) -> float:
    """Sum the processor seconds of processes, ended children included."""
    total = 0.0
    for process in processes:
        try:
            total += sum(process.cpu_times()[:4])
        except psutil.Error:
            continue
    return total


def rss_of(processes: Iterable[psutil.Process]) -> int:
    """Sum the resident memory of processes in MB; pages they share count in each."""
    return int(sum(process.memory_info().rss for process in processes)) >> 20


def own_share_of(processes: Iterable[psutil.Process]) -> float:
    """Sum the memory of processes in MB, each shared page split among those that share it."""
    total = 0
    for process in processes:
        lines = Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines()
        total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def _busy() -> float:
    """Give the seconds all processors together have worked since the machine started."""
    ticks = [int(part) for part in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return (sum(ticks) - ticks[3] - ticks[4]) / _TICKS


class Neighbours:
    """Measures which share of the machine (0 to 1) strangers used while the block ran."""

    share = 0.0

    def __enter__(self) -> "Neighbours":
        """Begin."""
        self._at, self._all, self._ours = time.monotonic(), _busy(), cpu_of(family())
        return self

    def __exit__(self, *_: object) -> None:
        """Take the difference."""
        took = (time.monotonic() - self._at) * (os.cpu_count() or 1)
        strange = _busy() - self._all - (cpu_of(family()) - self._ours)
        self.share = max(0.0, strange / took)


def quietest(work: Callable[[], T], tries: int = 3) -> tuple[T, float]:
    """Repeat a measurement while others are busy, and give the one least disturbed with their share."""
    found: list[tuple[float, int, T]] = []
    for number in range(tries):
        with Neighbours() as neighbours:
            outcome = work()
        found.append((neighbours.share, number, outcome))
        if neighbours.share <= QUIET:
            break
    share, _, outcome = min(found, key=lambda each: each[:2])
    return outcome, share


def disturbed(share: float) -> str:
    """Say how much others used the machine, nothing when it was quiet."""
    return "" if share <= QUIET else f"others used {share:.0%} of the machine"
