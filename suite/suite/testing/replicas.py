"""Further replicas beside a running suite: processes as containers run them, and the gateway told of them."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from suite.run.environment import belongs_to_another, environment
from suite.run.forks import Role
from suite.run.layout import Plan
from suite.run.places import free_port
from suite.run.processes import answers, die_with_parent
from suite.run.running import running_in

DRAIN = 3.0  # seconds a replica that is asked to end goes on answering, unready
START_WITHIN = 180.0


@dataclass
class Replica:
    """One more process of a service."""

    port: int
    watch: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def address(self) -> str:
        """Return where it answers and where it says that it is ready, as the gateway's file writes it."""
        return address(self.port, self.watch)

    @property
    def ready(self) -> bool:
        """Tell whether it says that requests may come."""
        return answers(f"http://127.0.0.1:{self.watch}/health/ready")

    def end(self) -> None:
        """Ask it to end and wait until it has."""
        self.process.terminate()
        self.process.wait(30)


def address(port: int, watch: int) -> str:
    """Write a replica on this machine."""
    return f"http://127.0.0.1:{port}?ready={watch}"


def usual(plan: Plan, service: str) -> str:
    """Write the replica that the supervisor runs."""
    return address(plan.ports[service], plan.watched[service])


def start_replica(
    state: Path, service: str, role: Role = "api", told: Mapping[str, str] = MappingProxyType({})
) -> Replica:
    """Start one more process of a service of the suite that runs on `state`, `told` something else than the others.

    It may not be ready yet.
    """
    plan, _ = running_in(state)
    port, watch = free_port(), free_port()
    command = [sys.executable, "-m", "suite.cli", "service", service, role, "--port", str(port)]
    command += ["--watch", str(watch), "--drain", str(DRAIN)]
    known = {name: value for name, value in os.environ.items() if not belongs_to_another(name, service)}
    place = state / "logs" / f"{service}-{role}-{port}.log"
    with place.open("ab") as log:
        process = subprocess.Popen(
            command,
            env={**known, **environment(plan, service), **told},
            stdout=log,
            stderr=log,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - started from the only thread
        )
    return Replica(port, watch, process, place)


def await_ready(replicas: Sequence[Replica]) -> None:
    """Wait until all are ready. Raises: TimeoutError."""
    deadline = time.monotonic() + START_WITHIN
    while not all(one.ready for one in replicas):
        if time.monotonic() > deadline:
            raise TimeoutError("a replica did not become ready; see its log beside those of the suite")
        time.sleep(0.1)


@contextmanager
def replicas_of(state: Path, *services: str, role: Role = "api") -> Iterator[dict[str, Replica]]:
    """Keep one more replica of each service while the block lasts."""
    started = {name: start_replica(state, name, role) for name in services}
    try:
        await_ready(list(started.values()))
        yield started
    finally:
        for one in started.values():
            one.end()


def tell_gateway(file: Path, services: Mapping[str, Sequence[str]]) -> None:
    """Write the addresses of services into the file that the gateway follows, whole or not at all."""
    part = file.with_suffix(".part")
    part.write_text(json.dumps({"services": {name: ",".join(places) for name, places in services.items()}}))
    part.replace(file)
