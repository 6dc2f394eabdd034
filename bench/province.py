"""One running suite with its demonstration province, shared by every scenario that asks it."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import psutil
from suite.demo.actors import Actor
from suite.demo.welcome import PASSWORD
from suite.run.places import free_port
from suite.run.processes import answers
from suite.testing.folders import private_folder
from suite.testing.replicas import DRAIN

from bench.dossiers import load_dossiers

DOSSIERS, AGENCY, START_WITHIN = 200_000, "H42.101", 240.0


@dataclass
class Province:
    """A suite of its own on a fresh folder; rate limits are raised, everything else is as people run it."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    first_start: float = 0.0
    loaded: int = 0

    def start(self) -> float:
        """Start it and return the seconds until its portal answers."""
        begun = time.monotonic()
        command = [sys.executable, "-m", "suite.cli", "up", "--port", str(self.port), "--quiet"]
        environment = {
            "MOTCUA_BACKUP": "0",
            **os.environ,
            "MOTCUA_STATE": str(self.folder),
            "MOTCUA_GATEWAY_RATE_SCALE": "100000",
            "MOTCUA_GATEWAY_FILE": str(self.gateway_file),
            "MOTCUA_DRAIN": str(DRAIN),
        }
        with (self.folder / "up.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() - begun > START_WITHIN:
                raise RuntimeError(f"the suite did not start: {(self.folder / 'up.log').read_text()[-2000:]}")
            time.sleep(0.02)
        return time.monotonic() - begun

    def answers(self) -> bool:
        """Tell whether everything is up and the portal's first page comes through the gateway."""
        return (self.folder / "run.json").exists() and answers(f"http://127.0.0.1:{self.port}/")

    def stop(self) -> None:
        """End it as Ctrl-C does."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            raise

    @property
    def note(self) -> dict[str, Any]:
        """Return what the supervisor noted about itself."""
        told: dict[str, Any] = json.loads((self.folder / "run.json").read_text())
        return told

    @property
    def gateway_file(self) -> Path:
        """Return the file in which the gateway is told of further replicas."""
        return self.folder / "gateway.json"

    @property
    def dsn(self) -> str:
        """Return the address of intake's database for the owner of the server."""
        secret = json.loads((self.folder / "postgres" / "superuser.json").read_text())["password"]
        return f"postgresql://postgres:{secret}@127.0.0.1:{self.note['postgres_port']}/intake"

    @property
    def pythons(self) -> list[psutil.Process]:
        """Return the supervisor and every service, without PostgreSQL and the gateway."""
        assert self.process is not None
        root = psutil.Process(self.process.pid)
        return [each for each in (root, *root.children(recursive=True)) if "python" in each.name()]

    def signed_in(self, login: str) -> Actor:
        """Return somebody of the demonstration, signed in through the gateway."""
        return Actor(f"http://127.0.0.1:{self.port}").sign_in(login, PASSWORD)

    def with_dossiers(self) -> "Province":
        """Fill the database of intake once."""
        if not self.loaded:
            self.loaded = asyncio.run(load_dossiers(self.dsn, DOSSIERS))
        return self


@cache
def province() -> Province:
    """Return the running suite, starting it for the first who asks."""
    made = Province(private_folder("province"), free_port())
    try:
        made.first_start = made.start()
    except BaseException:
        close(made)
        raise
    return made


def close_province() -> None:
    """End the suite when one was started, and forget its data."""
    if province.cache_info().currsize:
        close(province())
        province.cache_clear()


def close(made: Province) -> None:
    """End a suite and forget its data."""
    try:
        made.stop()
    finally:
        shutil.rmtree(made.folder, ignore_errors=True)
