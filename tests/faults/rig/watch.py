"""Somebody who watches a province: asks whether an alert fires, by a clock that runs faster, and gives commands."""

import asyncio
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from suite.check.watching import alerts
from suite.run.places import checkout
from suite.testing.prometheus import Prometheus

from rig.census import Suite

FASTER = 60
MEANWHILE = 90.0  # seconds until an alert fires or ends, on a busy machine
ROOM = 20_000_000  # bytes
SHARED_MEMORY = Path("/dev/shm")  # a place that nobody else fills meanwhile


def rule(alert: str) -> str:
    """Return when an alert fires, by a clock that runs faster."""
    rules = {one["alert"]: one["expr"] for one in alerts(checkout())}
    windows = re.sub(r"\[(\d+)m\]", lambda found: f"[{int(found[1]) * 60000 // FASTER}ms]", str(rules[alert]))
    return re.sub(
        r"(_seconds\)) > (\d+)$", lambda found: f"{found[1]} > {int(found[2]) / FASTER}", windows.strip()
    )


async def until(what: Callable[[], Any], said: str, seconds: float = MEANWHILE) -> Any:
    """Ask until the answer is truthy and return it."""
    deadline = time.monotonic() + seconds
    while True:
        if answer := await asyncio.to_thread(what):
            return answer
        assert time.monotonic() < deadline, f"waited {seconds:.0f} s until {said}"
        await asyncio.sleep(0.1)


@dataclass
class Watch:
    """A province with somebody who watches it."""

    suite: Suite
    prometheus: Prometheus
    targets: dict[str, tuple[str, int]]
    told: dict[str, str] = field(default_factory=dict)
    """What commands are told besides, in their environment."""

    async def fires(self, alert: str, **labels: str) -> list[Any]:
        """Wait until an alert fires for these labels."""

        def ask() -> list[Any]:
            found = self.prometheus.ask(rule(alert))
            return [one for one in found if labels.items() <= one["metric"].items()]

        found: list[Any] = await until(ask, f"{alert} fires")
        return found

    async def ends(self, alert: str, **labels: str) -> None:
        """Wait until an alert is over."""

        def ask() -> bool:
            found = self.prometheus.ask(rule(alert))
            return not [one for one in found if labels.items() <= one["metric"].items()]

        await until(ask, f"{alert} is over")

    def motcua(self, *words: str, status: int = 0) -> str:
        """Give a command as a runbook writes it, and return what it says."""
        ended, said = self.tried(*words)
        assert ended == status, (words, said)
        return said

    def tried(self, *words: str) -> tuple[int, str]:
        """Give a command, and return how it ended and what it said."""
        command = [sys.executable, "-m", "suite.cli", *words]
        environment = {"MOTCUA_STATE": str(self.suite.running.state), "COLUMNS": "200", **self.told}
        done = subprocess.run(
            command,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def log(self, process: str) -> str:
        """Read the log of a process."""
        return (self.suite.running.state / "logs" / f"{process}.log").read_text()

    def reads_also(self, pod: str, part: str, port: int | None) -> None:
        """Let Prometheus read one process more, where it tells its numbers, or no longer."""
        self.prometheus.read({**self.targets, **({} if port is None else {pod: (part, port)})})
