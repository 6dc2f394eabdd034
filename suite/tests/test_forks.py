"""A service that is told to end says first that it takes no more traffic, and then finishes."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from suite.run.places import free_port


@pytest.fixture
def service() -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Give a service without a database in a process of its own, and the address of its readiness."""
    port, watch = free_port(), free_port()
    command = [
        "-m",
        "suite.cli",
        "service",
        "portal",
        "--port",
        str(port),
        "--watch",
        str(watch),
        "--drain",
        "2",
    ]
    process = subprocess.Popen([sys.executable, *command], env=dict(os.environ))
    yield process, f"http://127.0.0.1:{watch}/health/ready"
    process.kill()
    process.wait(10)


@pytest.mark.parametrize("option", ["--watch", "--port"])
def test_a_taken_port_is_told_in_one_sentence(option: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        words = [
            "service",
            "portal",
            "--port",
            str(free_port()),
            "--watch",
            str(free_port()),
            option,
            str(number),
        ]
        done = subprocess.run(
            [sys.executable, "-m", "suite.cli", *words],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"127.0.0.1 port {number} cannot be listened on (Address already in use); name another with {option}\n"
    )


def readiness(url: str) -> tuple[int, Any]:
    """Ask over a connection of its own, as a load balancer does; (0, nothing) when nobody answers."""
    try:
        answer = httpx.get(url)
    except httpx.TransportError:
        return 0, None
    return answer.status_code, answer.json()["checks"]


def await_status(url: str, wanted: int) -> Any:
    """Poll readiness until it has a status; give its checks."""
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        status, checks = readiness(url)
        if status == wanted:
            return checks
        time.sleep(0.02)
    raise AssertionError(f"readiness never was {wanted}")


def test_a_service_that_ends_is_unready_while_it_still_answers(
    service: tuple[subprocess.Popen[bytes], str],
) -> None:
    process, url = service
    assert await_status(url, 200) == {"draining": True}
    process.send_signal(signal.SIGTERM)
    assert await_status(url, 503) == {"draining": False}
    assert process.poll() is None
    await_status(url, 0)
    assert process.wait(20) == 0
