"""The containers of one province: started, struck, rolled and scaled as an operator would, through the engine alone."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[3]
PORT = 18080
IMAGES = {
    "MOTCUA_IMAGE": "motcua",
    "GATEWAY_IMAGE": "motcua-gateway",
    "POSTGRES_IMAGE": "postgres",
    "RABBITMQ_IMAGE": "rabbitmq",
    "REDIS_IMAGE": "valkey",
    "OBJECTS_IMAGE": "seaweedfs",
}
GIVEN = {
    **{variable: f"localhost/{name}:ci" for variable, name in IMAGES.items()},
    "COMPOSE_PROFILES": "demo",
    "MOTCUA_GATEWAY_RATE_SCALE": "100000",
    "PORT": str(PORT),
}
PATIENCE = "420"  # seconds until everything is healthy, on a machine that does other things too


class ContainerError(Exception):
    """A command of the engine failed; the message is what it said."""


def engine(*arguments: str) -> str:
    """Ask the engine, and return what it says."""
    return _run("docker", *arguments)


def _run(*command: str, **given: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **given})
    if done.returncode != 0:
        raise ContainerError(f"{' '.join(command[-4:])}: {done.stdout[-500:]}{done.stderr[-1500:]}")
    return done.stdout


class Containers:
    """One project of containers, in a folder of its own with its own secrets."""

    def __init__(self, name: str, folder: Path, **told: str) -> None:
        self.name, self.folder, self.told = name, folder, {**GIVEN, **told}
        self.url = f"http://127.0.0.1:{self.told['PORT']}"
        for file in ("docker-compose.yml", "deploy/observability"):
            _copy(ROOT / file, folder / file)
        self.extra: tuple[Path, ...] = ()

    def compose(self, *arguments: str) -> str:
        """Give Compose a command."""
        files = [self.folder / "docker-compose.yml", *self.extra]
        program = shutil.which("docker-compose")
        command = [program] if program else ["docker", "compose"]
        named = [word for file in files for word in ("-f", str(file))]
        return _run(*command, "-p", self.name, *named, *arguments, **self.told)

    def up(self, *services: str, scale: str = "", recreate: bool = False) -> float:
        """Start what is not there yet and wait until all of it is healthy; return the seconds it took."""
        started = time.monotonic()
        options = [*(["--scale", scale] if scale else []), *(["--force-recreate"] if recreate else [])]
        alone = ["--no-deps"] if services else []
        self.compose(
            "up", "-d", "--no-build", "--wait", "--wait-timeout", PATIENCE, *alone, *options, *services
        )
        return time.monotonic() - started

    def down(self) -> None:
        """Stop and remove everything, data included."""
        self.compose("down", "-v", "-t", "10")

    def ids(self, service: str) -> list[str]:
        """Return the containers of one service."""
        return self.compose("ps", "-q", service).split()

    def states(self) -> dict[str, str]:
        """Return the state of every container: healthy, exited 0, and so on."""
        told = [json.loads(line) for line in self.compose("ps", "-a", "--format", "json").splitlines()]
        return {
            one["Name"]: one["Health"]
            or (f"exited {one['ExitCode']}" if one["State"] == "exited" else one["State"])
            for one in told
        }

    def inspected(self, container: str) -> dict[str, Any]:
        """Return what the engine knows of a container."""
        found: list[dict[str, Any]] = json.loads(engine("inspect", container))
        return found[0]

    def address(self, service: str) -> str:
        """Return the address of a service's only container; empty while it has none."""
        networks = self.inspected(self.ids(service)[0])["NetworkSettings"]["Networks"]
        return str(next(iter(networks.values()), {}).get("IPAddress", ""))

    def resident(self) -> dict[str, float]:
        """Return the memory of every running container in MiB.

        What several processes map is shared among them, and what the kernel keeps of files is nobody's: both as
        /proc tells it, which the engine's own figure does not.
        """
        told = {}
        for one in self.compose("ps", "-q").split():
            processes = engine("top", one, "-o", "pid").split()[1:]
            told[self.inspected(one)["Name"].removeprefix("/")] = sum(map(_share, processes)) / 1024
        return told

    def worked(self) -> float:
        """Return the seconds of CPU that all running containers have used since they started."""
        socket = os.environ["DOCKER_HOST"].removeprefix("unix://")
        with httpx.Client(
            transport=httpx.HTTPTransport(uds=socket), base_url="http://engine", timeout=30
        ) as web:
            asked = (
                f"/containers/{one}/stats?stream=false&one-shot=true"
                for one in self.compose("ps", "-q").split()
            )
            return sum(web.get(each).json()["cpu_stats"]["cpu_usage"]["total_usage"] for each in asked) / 1e9

    @contextmanager
    def frozen(self, service: str) -> Iterator[None]:
        """Keep a service's containers from running while the block lasts."""
        held = self.ids(service)
        for container in held:
            _freeze(container)
        try:
            yield
        finally:
            engine("unpause", *held)

    @contextmanager
    def disconnected(self, service: str) -> Iterator[None]:
        """Pull the network cable of a service's containers while the block lasts."""
        network, held = f"{self.name}_default", self.ids(service)
        for container in held:
            engine("network", "disconnect", network, container)
        try:
            yield
        finally:
            for container in held:
                engine("network", "connect", "--alias", service, network, container)


def _share(process: str) -> int:
    """Return the KiB of a process that are its own, and its share of those it has in common with others."""
    try:
        told = Path("/proc", process, "smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):  # it has just ended
        return 0
    return int(next(line.split()[1] for line in told if line.startswith("Pss:")))


def _freeze(container: str, attempts: int = 5) -> None:
    """Freeze a container; one that is starting a process at that moment must be asked again."""
    for left in reversed(range(attempts)):
        try:
            engine("pause", container)
            return
        except ContainerError:
            if not left:
                raise


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    elif source.exists():
        shutil.copy(source, target)
