"""Start server programs as our own children and stop exactly those."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from suite.run.places import unprivileged

PR_SET_PDEATHSIG = 1


class StartError(Exception):
    """A server program did not come up; the message says which and where its log is."""


class PortTakenError(StartError):
    """Something already listens on the port that was asked for."""


def die_with_parent(by: signal.Signals = signal.SIGTERM) -> None:
    """Ask Linux to end this process when the supervisor is gone, however it went."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, by)


def answers(url: str) -> bool:
    """Tell whether an HTTP address answers with success."""
    try:
        with urllib.request.urlopen(url, timeout=1) as answer:  # noqa: S310 - our own loopback address
            return bool(answer.status == 200)
    except OSError:
        return False


def spawn(
    arguments: Sequence[str | Path],
    *,
    log: Path,
    environment: Mapping[str, str],
    drop: bool = True,
    parting: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a program in its own session, writing to `log`, as the unprivileged account when we are root.

    It gets `parting` when we are gone, so that a killed supervisor leaves nothing running.
    """
    account = unprivileged() if drop else None
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as sink:
        return subprocess.Popen(
            [str(part) for part in arguments],
            env=dict(environment),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
            start_new_session=True,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            preexec_fn=partial(die_with_parent, parting),  # noqa: PLW1509 - the supervisor has one thread
        )


def wait_until(
    ready: Callable[[], bool], process: subprocess.Popen[bytes], name: str, seconds: float
) -> None:
    """Poll `ready` until it holds.

    Raises:
        StartError: the process ended, or the deadline passed.
    """
    deadline = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None:
            raise StartError(f"{name} ended at once with status {process.returncode}; see its log")
        if time.monotonic() > deadline:
            raise StartError(f"{name} did not answer within {seconds:.0f} s; see its log")
        time.sleep(0.02)


def stop(
    process: subprocess.Popen[bytes] | None, *, by: signal.Signals = signal.SIGTERM, seconds: float = 10
) -> None:
    """End a child politely, then by force, with whatever it started in its session."""
    if process is None or process.poll() is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(by)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(5)


def kill(process: subprocess.Popen[bytes] | None) -> None:
    """End a child and whatever it started in its session, at once."""
    if process is None:
        return
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)
