"""Suites started as a stranger would start them, for journeys, browsers and faults."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from suite.demo.actors import Json
from suite.run.places import free_port
from suite.run.processes import die_with_parent
from suite.testing.folders import private_folder

START_WITHIN = 180.0


@dataclass
class RunningSuite:
    """A suite in processes of its own, and where it keeps its things."""

    url: str
    state: Path
    process: subprocess.Popen[bytes]

    @property
    def note(self) -> Json:
        """Return what the supervisor noted about itself."""
        told: Json = json.loads((self.state / "run.json").read_text())
        return told

    def mails(self, to: str) -> list[Json]:
        """Return the mails to one address, newest first."""
        kept: list[Json] = httpx.get(
            f"http://127.0.0.1:{self.note['mail_page_port']}/messages", params={"to": to}
        ).json()
        return kept


def start_suite(name: str, *options: str, state: Path | None = None) -> RunningSuite:
    """Run `motcua up` on a fresh folder and wait until it answers; it stops when its test is gone, however it went."""
    folder, port = state or private_folder(name), free_port()
    command = [sys.executable, "-m", "suite.cli", "up", "--port", str(port), "--quiet", *options]
    with (folder / "up.log").open("ab") as log:
        process = subprocess.Popen(
            command,
            env={"MOTCUA_BACKUP": "0", **os.environ, "MOTCUA_STATE": str(folder)},
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - tests start suites from their only thread
        )
    deadline = time.monotonic() + START_WITHIN
    while not (folder / "run.json").exists():
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"motcua up did not come up:\n{(folder / 'up.log').read_text()[-4000:]}")
        time.sleep(0.1)
    return RunningSuite(f"http://127.0.0.1:{port}", folder, process)


def stop_suite(running: RunningSuite) -> None:
    """End a suite as Ctrl-C does."""
    running.process.send_signal(signal.SIGINT)
    try:
        running.process.wait(60)
    except subprocess.TimeoutExpired:
        os.killpg(running.process.pid, signal.SIGKILL)
        raise


@pytest.fixture(scope="session")
def embedded() -> Iterator[RunningSuite]:
    """Give one embedded suite with its demonstration province."""
    running = start_suite("embedded")
    yield running
    stop_suite(running)


@pytest.fixture(scope="session")
def distributed() -> Iterator[RunningSuite]:
    """Give one distributed suite over a private RabbitMQ."""
    running = start_suite("distributed", "--distributed")
    yield running
    stop_suite(running)
